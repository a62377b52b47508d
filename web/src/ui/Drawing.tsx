import type { ReactElement } from 'react'

// Things that stand about in a courtyard, one line thick. The arch is not among them: it is a place.
const drawings = {
  /** Nobody has said anything yet. */
  bench: (
    <>
      <path d="M18 60h84M28 60v24M92 60v24M28 60V34M92 60V34M28 36h64M28 46h64" />
      <path d="M14 84h92" opacity=".5" />
      <path d="M56 56c2-8 9-11 16-9 0 7-6 12-16 9zm0 0c4-3 8-5 12-6" className="stroke-marigold" />
    </>
  ),
  /** All is done, nothing needs you. */
  lantern: (
    <>
      <path d="M60 12v10M48 22h24l6 12H42zM44 34v40M76 34v40M40 74h40l-5 10H45z" />
      <path
        d="M60 64c-7 0-9-6-6-11 2-3 5-4 6-9 5 5 9 9 8 14-1 4-4 6-8 6z"
        className="stroke-marigold"
      />
    </>
  ),
  /** An invitation, or none. */
  letter: (
    <>
      <path d="M20 32h80v50H20zM20 34l40 30 40-30" />
      <path d="M84 20l8-8M94 26l10-4" className="stroke-marigold" />
    </>
  ),
  /** Not found. */
  signpost: (
    <>
      <path d="M60 16v70M60 24h32l8 8-8 8H60M60 48H32l-8 8 8 8h28" />
      <path d="M40 86h40" className="stroke-marigold" />
    </>
  ),
  /** No right to be here. */
  key: (
    <>
      <circle cx="40" cy="50" r="18" />
      <path d="M58 50h44M88 50v12M100 50v9" />
      <circle cx="36" cy="50" r="4" className="stroke-marigold" />
    </>
  ),
  /** The server does not answer. */
  well: (
    <>
      <path d="M36 56h48v28H36zM30 56h60M40 56V26M80 56V26M32 28l28-14 28 14z" />
      <path d="M60 22v18M54 40h12l-2 10h-8z" className="stroke-marigold" />
    </>
  ),
} satisfies Record<string, ReactElement>

/** The name of a drawing. */
export type DrawingName = keyof typeof drawings

/** A line drawing for a place where there is nothing to see. Says nothing: words stand below it. */
export function Drawing({ name }: { name: DrawingName }) {
  return (
    <svg
      viewBox="0 0 120 96"
      aria-hidden="true"
      className="h-24 w-[7.5rem] fill-none stroke-2 stroke-ink-3"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {drawings[name]}
    </svg>
  )
}

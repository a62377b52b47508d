import type { ReactNode } from 'react'
import { cx } from './cx'

/** How many things need me, beyond 99 "99+". `label` says of what. */
export function CountBadge({
  count,
  label,
  small,
}: {
  count: number
  label: string
  small?: boolean
}) {
  return (
    <span
      role="img"
      aria-label={label}
      className={cx(
        'inline-block rounded-full bg-marigold text-center font-bold text-on-marigold tabular-nums',
        small
          ? 'h-[1.125rem] min-w-[1.125rem] px-[5px] text-badge'
          : 'h-5 min-w-5 px-1.5 text-[0.75rem] leading-5',
      )}
    >
      {count > 99 ? '99+' : count}
    </span>
  )
}

/** Something is new here, but does not need me. */
export function UnreadDot({ label }: { label: string }) {
  return <span role="img" aria-label={label} className="block size-2 rounded-full bg-ink-1" />
}

const dots = {
  none: null,
  jade: 'bg-jade',
  rose: 'bg-rose',
  sand: 'bg-sand',
  sky: 'bg-sky',
  clay: 'bg-clay',
  sage: 'bg-sage',
}

/** A neutral word, perhaps with a coloured dot; the word itself is never coloured. */
export function Tag({ dot = 'none', children }: { dot?: keyof typeof dots; children: ReactNode }) {
  return (
    <span className="inline-flex h-[1.375rem] items-center gap-1.5 whitespace-nowrap rounded-control bg-stone-4 px-2 font-medium text-ink-2 text-tiny">
      {dots[dot] && <i aria-hidden className={cx('size-[7px] rounded-full', dots[dot])} />}
      {children}
    </span>
  )
}

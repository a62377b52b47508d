import type { ReactNode } from 'react'

/** A name, one sentence, and the control at the right. */
export function SettingRow(props: { name: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2.5 py-3.5">
      <div className="min-w-56 flex-1">
        <p className="font-semibold text-message leading-5">{props.name}</p>
        <p className="mt-0.5 text-ink-3 text-small">{props.text}</p>
      </div>
      {props.children}
    </div>
  )
}

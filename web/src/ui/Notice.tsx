import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx'

/** A sentence that belongs to the form or page it stands in; a bad one is read out at once. */
export function Notice({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'bad'
  children: ReactNode
}) {
  const Icon = tone === 'bad' ? CircleAlert : Info
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx(
        'flex gap-2.5 rounded-card px-3.5 py-2.5 text-small',
        tone === 'bad' ? 'bg-rose-wash text-ink-1' : 'bg-stone-3 text-ink-2',
      )}
    >
      <Icon size={16} aria-hidden className={cx('mt-px', tone === 'bad' && 'text-rose')} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}

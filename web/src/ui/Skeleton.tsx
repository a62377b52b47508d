import type { ReactNode } from 'react'
import { cx } from './cx'
import { t } from './text'

/** The shape of what is coming. Invisible for 150 ms, so that what is quick never flickers. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cx('skeleton block rounded-control bg-stone-3 light:bg-stone-4', className)}
    />
  )
}

/** Wraps skeletons and tells a screen reader once that something is loading. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-label={t('ui.loading')}>
      {children}
    </div>
  )
}

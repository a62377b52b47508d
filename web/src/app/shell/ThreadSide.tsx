import { lazy, Suspense } from 'react'
import type { Channel } from '@/api/types'
import { Sheet } from '@/ui/Sheet'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { MainSheet } from './MainSheet'

const ThreadPanel = lazy(() =>
  import('@/features/messages/ThreadPanel').then((part) => ({ default: part.ThreadPanel })),
)

interface Props {
  channel: Channel
  rootId: string
  /** A reply to open at and light. */
  anchor: string | null
  onClose(): void
  onJump(id: string): void
}

/** A thread as a second sheet; over the first where there is no room, and alone on a phone. */
export function ThreadSide(props: Props) {
  const wide = useMedia(widths.desktop)
  const phone = useMedia(widths.phone)
  if (phone) {
    return (
      <MainSheet>
        <Suspense>
          <ThreadPanel {...props} page />
        </Suspense>
      </MainSheet>
    )
  }
  if (!wide) {
    return (
      <Sheet open onOpenChange={props.onClose} title={t('messages.thread')}>
        <Suspense>
          <ThreadPanel {...props} />
        </Suspense>
      </Sheet>
    )
  }
  return (
    <aside
      aria-label={t('messages.thread')}
      data-panel
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented) return
        event.preventDefault()
        props.onClose()
      }}
      className="sheet-surface my-2 mr-2 flex w-96 shrink-0 animate-slide-in flex-col overflow-hidden rounded-sheet"
    >
      <Suspense>
        <ThreadPanel {...props} />
      </Suspense>
    </aside>
  )
}

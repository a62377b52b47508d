import { lazy, Suspense } from 'react'
import type { Channel, Group } from '@/api/types'
import { ChannelPanel } from '@/features/channels/ChannelPanel'
import { Sheet } from '@/ui/Sheet'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { setLayer } from './layers'

const Pinned = lazy(() =>
  import('@/features/messages/Pinned').then((part) => ({ default: part.Pinned })),
)

interface Props {
  channel: Channel
  group: Group
  /** Goes to a message of the place. */
  onJump(id: string): void
}

/** A second sheet beside the first where there is room; else it lies over it. */
export function ChannelSide({ channel, group, onJump }: Props) {
  const wide = useMedia(widths.desktop)
  const close = () => setLayer({ panel: false })
  const pinned = (
    <Suspense>
      <Pinned
        channelId={channel.id}
        writes={channel.permissions.includes('post') && !channel.archived}
        onOpen={(id) => {
          if (!wide) close()
          onJump(id)
        }}
      />
    </Suspense>
  )
  const panel = <ChannelPanel channel={channel} group={group} pinned={pinned} onClose={close} />
  if (!wide) {
    return (
      <Sheet open onOpenChange={close} title={t('channels.panel')}>
        {panel}
      </Sheet>
    )
  }
  return (
    <aside
      aria-label={t('channels.panel')}
      data-panel
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
      className="sheet-surface my-2 mr-2 flex w-96 shrink-0 animate-slide-in flex-col overflow-hidden rounded-sheet"
    >
      {panel}
    </aside>
  )
}

import { lazy, Suspense } from 'react'
import type { Channel, Group } from '@/api/types'
import { ChannelPanel } from '@/features/channels/ChannelPanel'
import { Sheet } from '@/ui/Sheet'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { setLayer } from './layers'

const FilesView = lazy(async () => ({
  default: (await import('@/features/files/FilesView')).FilesView,
}))

/** A second sheet beside the first where there is room; else it lies over it. */
export function ChannelSide({ channel, group }: { channel: Channel; group: Group }) {
  const wide = useMedia(widths.desktop)
  const close = () => setLayer({ panel: false })
  const files = (
    <Suspense>
      {/* Where the panel lies over the talk it goes, so that one sees what one asked for. */}
      <FilesView key={channel.id} channelId={channel.id} onJump={() => wide || close()} />
    </Suspense>
  )
  const panel = <ChannelPanel {...{ channel, group, files }} onClose={close} />
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

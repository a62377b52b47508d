import type { ReactNode } from 'react'
import { Sheet } from '@/ui/Sheet'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { setLayer } from './layers'

/** A second sheet beside the first where there is room; else it lies over it. */
export function PlaceSide({ children }: { children: (close: () => void) => ReactNode }) {
  const wide = useMedia(widths.desktop)
  const close = () => setLayer({ panel: false })
  const panel = children(close)
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
        if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
      className="sheet-surface my-2 mr-2 flex w-96 shrink-0 animate-slide-in flex-col overflow-hidden rounded-sheet"
    >
      {panel}
    </aside>
  )
}

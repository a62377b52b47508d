import { lazy, Suspense } from 'react'
import { useMedia, widths } from '@/ui/useMedia'

const FilesView = lazy(async () => ({
  default: (await import('@/features/files/FilesView')).FilesView,
}))

/** The files of a place in its panel. Where the panel lies over the talk it goes with a jump, so
 * that one sees what one asked for. */
export function PlaceFiles({ channelId, onClose }: { channelId: string; onClose: () => void }) {
  const wide = useMedia(widths.desktop)
  return (
    <Suspense>
      <FilesView key={channelId} channelId={channelId} onJump={() => wide || onClose()} />
    </Suspense>
  )
}

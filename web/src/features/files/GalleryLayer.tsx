import { lazy, Suspense } from 'react'
import { useCell } from '@/api/store'
import { gallery } from './gallery'

const Gallery = lazy(async () => ({ default: (await import('./Gallery')).Gallery }))

/** Where the gallery appears; mount once. */
export function GalleryLayer() {
  const opened = useCell(gallery)
  if (!opened) return null
  return (
    <Suspense>
      <Gallery {...opened} onClose={() => gallery.set(null)} />
    </Suspense>
  )
}

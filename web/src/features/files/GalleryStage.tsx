import { type PointerEvent, useRef } from 'react'
import type { FileOut } from '@/api/types'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { contentOf, previewOf } from './kinds'

const SWIPE_PX = 48

interface Props {
  file: FileOut
  zoom: number
  /** Two clicks: nearer, or back. */
  onZoom(): void
  onSwipe(step: number): void
}

/** The one thing that is looked at. */
export function GalleryStage({ file, zoom, onZoom, onSwipe }: Props) {
  const swipe = useSwipe(zoom === 1, onSwipe)
  if (file.kind === 'video') {
    return (
      <div className="grid size-full place-items-center px-20 phone:px-0">
        {/* biome-ignore lint/a11y/useMediaCaption: people's own films come without captions */}
        <video
          controls
          preload="metadata"
          src={contentOf(file)}
          aria-label={plainName(file.name)}
          className="max-h-full max-w-full rounded-card"
        />
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for pointers; keys and buttons do the same
    <div
      {...swipe}
      onDoubleClick={onZoom}
      className={cx(
        'size-full',
        zoom > 1 ? 'overflow-auto' : 'touch-pan-y overflow-hidden px-20 phone:px-0',
      )}
    >
      <div style={{ width: `${zoom * 100}%`, height: `${zoom * 100}%` }}>
        <img
          src={file.kind === 'pdf' ? previewOf(file) : contentOf(file)}
          alt={plainName(file.name)}
          width={file.width ?? undefined}
          height={file.height ?? undefined}
          draggable={false}
          className={cx('size-full', zoom > 1 ? 'object-contain' : 'object-scale-down')}
        />
      </div>
    </div>
  )
}

/** A finger that goes sideways asks for the neighbour. */
function useSwipe(on: boolean, onSwipe: (step: number) => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  return {
    onPointerDown(event: PointerEvent) {
      start.current = on && event.pointerType !== 'mouse' ? at(event) : null
    },
    onPointerUp(event: PointerEvent) {
      const from = start.current
      start.current = null
      if (!from) return
      const [x, y] = [event.clientX - from.x, event.clientY - from.y]
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y)) onSwipe(x < 0 ? 1 : -1)
    },
    onPointerCancel() {
      start.current = null
    },
  }
}

const at = (event: PointerEvent) => ({ x: event.clientX, y: event.clientY })

import { type TouchEvent, useRef } from 'react'

const EDGE_PX = 28
const FAR_PX = 72

/** A finger drawn in from the left edge goes back, as everywhere on a phone. */
export function useSwipeBack(back: () => void) {
  const start = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0]
      const edge = touch && touches.length === 1 && touch.clientX <= EDGE_PX
      start.current = edge ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const [from, touch] = [start.current, changedTouches[0]]
      start.current = null
      if (!from || !touch) return
      const [dx, dy] = [touch.clientX - from.x, Math.abs(touch.clientY - from.y)]
      if (dx > FAR_PX && dx > dy * 2) back()
    },
  }
}

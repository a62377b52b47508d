import { type PointerEvent as ReactPointerEvent, type RefObject, useRef, useState } from 'react'

const START_PX = 6
const EDGE_PX = 32
const SCROLL_PX = 10

/** What is in the hand: how far it was moved, where it would land and where to draw the line. */
export interface Drag {
  id: string
  offset: number
  /** Index among the other slots, the one in the hand left out. */
  index: number
  /** Pixels from the top of the container's content. */
  line: number
}

interface Slot {
  id: string
  top: number
  bottom: number
}

/** Where a pointer at `y` would insert, counting only the slots that are not in the hand. */
export function insertion(slots: readonly Slot[], id: string, y: number) {
  const others = slots.filter((slot) => slot.id !== id)
  const index = others.filter((slot) => (slot.top + slot.bottom) / 2 < y).length
  const next = others[index]
  const previous = others[index - 1]
  const line = next && previous ? (next.top + previous.bottom) / 2 : (next?.top ?? previous?.bottom)
  return { index, line: line ?? 0 }
}

function slotsIn(container: HTMLElement): Slot[] {
  const origin = container.getBoundingClientRect().top - container.scrollTop
  return [...container.querySelectorAll<HTMLElement>('[data-sort]')].map((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return { id: element.dataset.sort ?? '', top: top - origin, bottom: bottom - origin }
  })
}

/**
 * Sorting by mouse or pen: rows carry `data-sort`, the container scrolls. Fingers scroll instead;
 * they and the keyboard have "Move up" and "Move down" in the row's menu.
 */
export function useDragSort(
  container: RefObject<HTMLElement | null>,
  onDrop: (id: string, index: number) => void,
) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const latest = useRef<Drag | null>(null)
  const show = (next: Drag | null) => {
    latest.current = next
    setDrag(next)
  }
  const begin = (id: string) => (event: ReactPointerEvent) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const startY = event.clientY
    const slots = container.current ? slotsIn(container.current) : []
    const startScroll = container.current?.scrollTop ?? 0
    const move = ({ clientY }: PointerEvent) => {
      const box = container.current
      if (!box || (!latest.current && Math.abs(clientY - startY) < START_PX)) return
      scrollNearEdge(box, clientY)
      const offset = clientY - startY + box.scrollTop - startScroll
      const y = clientY - box.getBoundingClientRect().top + box.scrollTop
      show({ id, offset, ...insertion(slots, id, y) })
    }
    const end = (dropped: boolean) => {
      stop.abort()
      const last = latest.current
      if (!last) return
      show(null)
      swallowClick()
      if (dropped) onDrop(last.id, last.index)
    }
    const stop = new AbortController()
    const { signal } = stop
    addEventListener('pointermove', move, { signal })
    addEventListener('pointerup', () => end(true), { signal })
    addEventListener('pointercancel', () => end(false), { signal })
    addEventListener('blur', () => end(false), { signal })
    const letGo = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape' || !latest.current) return
      pressed.preventDefault()
      end(false)
    }
    addEventListener('keydown', letGo, { signal, capture: true })
  }
  return { drag, begin }
}

function scrollNearEdge(box: HTMLElement, y: number): void {
  const { top, bottom } = box.getBoundingClientRect()
  if (y < top + EDGE_PX) box.scrollTop -= SCROLL_PX
  else if (y > bottom - EDGE_PX) box.scrollTop += SCROLL_PX
}

/** Letting go over a link is not a click on it. */
function swallowClick(): void {
  const stop = new AbortController()
  const swallow = (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, { capture: true, signal: stop.signal })
  setTimeout(() => stop.abort())
}

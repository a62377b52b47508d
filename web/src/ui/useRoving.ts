import { type KeyboardEvent, type RefObject, useState } from 'react'

/**
 * One stop for Tab in a whole list, arrows inside it. Rows carry `data-row` with their id and the
 * `tabIndex` from here.
 */
export function useRoving(container: RefObject<HTMLElement | null>, home: string | null) {
  const [stop, setStop] = useState<string | null>(null)
  const rows = () => [...(container.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  // The row one was on may have been folded away or left.
  const known = stop !== null && rows().some(({ dataset }) => dataset.row === stop)
  const current = known ? stop : home
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const list = rows()
    const at = list.indexOf(document.activeElement as HTMLElement)
    const next = at < 0 ? undefined : list[nextIndex(event.key, at, list.length)]
    if (!next) return
    event.preventDefault()
    setStop(next.dataset.row ?? null)
    next.focus()
  }
  return { onKeyDown, tabIndex: (id: string) => (id === current ? 0 : -1) }
}

/** Where a key leads in a list; -1 for a key that leads nowhere. */
export function nextIndex(key: string, at: number, length: number): number {
  if (key === 'ArrowDown') return at + 1
  if (key === 'ArrowUp') return at - 1
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  return -1
}

const letters: Record<string, string> = { j: 'ArrowDown', k: 'ArrowUp' }

/** Where nothing is typed, j and k walk as the arrows do. */
export function withLetters(event: KeyboardEvent): KeyboardEvent {
  const key = letters[event.key]
  return key ? { ...event, key, preventDefault: () => event.preventDefault() } : event
}

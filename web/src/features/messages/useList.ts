import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Segment } from '@/api/segments'
import type { Focus } from './lines'
import type { Row } from './rows'
import { more } from './timeline'

/** The virtualiser of a message list. */
type List = Virtualizer<HTMLDivElement, HTMLDivElement>
/** The element that scrolls. */
type Scroller = RefObject<HTMLDivElement | null>

/** What the list tells of itself. */
export interface ListView {
  atEnd: boolean
  /** The index of the first row in view. */
  first: number
}

/** So near to the end counts as being there. */
const NEAR_PX = 64
const NEAR_ROWS = 8
const HEAD_PX = 72
const FOOT_PX = 14
const SETTLE_MS = 200
const HANDS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/** How tall a row will be, before it is measured. */
function guess(row: Row | undefined): number {
  if (!row) return 60
  return 30 + (row.first ? 34 : 0) + (row.day ? 42 : 0) + (row.fresh ? 30 : 0)
}

/** A list that holds on to its end and to what one reads, whatever loads or grows above. */
export function useList(
  scroller: Scroller,
  rows: readonly Row[],
  present: boolean,
  head = HEAD_PX,
): List {
  return useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: (index) => guess(rows[index]),
    overscan: 8,
    anchorTo: 'end',
    // Only the present is followed: a page that was loaded below is not news.
    followOnAppend: present,
    scrollEndThreshold: NEAR_PX,
    paddingStart: head,
    paddingEnd: FOOT_PX,
  })
}

/** A row to go to. */
interface Target {
  key: string
  align: 'start' | 'center'
}

/**
 * Goes to a row and stays there until the reader takes over. Rows that load above in the meantime
 * shift every index, so the way is kept by the row's key. Says when it has arrived for the first
 * time: nothing is loaded before that.
 */
export function useTarget(
  scroller: Scroller,
  list: List,
  rows: readonly Row[],
  focus: Focus,
): [boolean, (target: Target) => void] {
  const target = useRef<Target | null | 'end'>(null)
  const started = useRef(false)
  const [settled, setSettled] = useState(false)
  const go = () => {
    if (target.current === 'end') list.scrollToEnd()
    else if (target.current) {
      const { key, align } = target.current
      const index = rows.findIndex((row) => row.key === key)
      if (index >= 0) list.scrollToIndex(index, { align })
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows, new index
  useLayoutEffect(() => {
    if (rows.length === 0) return
    if (!started.current) target.current = startOf(rows, focus)
    started.current = true
    go()
  }, [rows])
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MS)
    const element = scroller.current
    const release = () => {
      target.current = null
    }
    for (const name of HANDS) element?.addEventListener(name, release, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const name of HANDS) element?.removeEventListener(name, release)
    }
  }, [scroller])
  const aim = (next: Target) => {
    target.current = next
    go()
  }
  return [settled, aim]
}

/** Where a focus begins: at the end, or with the wanted row in view. */
function startOf(rows: readonly Row[], focus: Focus): Target | 'end' {
  if (focus.at === 'end') return 'end'
  const wanted =
    focus.at === 'message' ? rows.find((row) => row.id === focus.id) : rows.find((row) => row.fresh)
  if (!wanted) return 'end'
  return { key: wanted.key, align: focus.at === 'message' ? 'center' : 'start' }
}

/** Loads on before the reader reaches an edge. */
export function useMore(
  channelId: string,
  segment: Segment,
  first: number | undefined,
  last: number | undefined,
  count: number,
): void {
  useEffect(() => {
    if (first === undefined || last === undefined) return
    if (first <= NEAR_ROWS) void more(channelId, segment, 'before')
    if (last >= count - NEAR_ROWS) void more(channelId, segment, 'after')
  }, [channelId, segment, first, last, count])
}

/** Says what is in view, after scrolling and after the rows changed. */
export function useView(
  scroller: Scroller,
  list: List,
  segment: Segment,
  count: number,
  onView: (view: ListView) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows change what is in view
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let near = false
    let told: ListView | undefined
    const look = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight
      near = rest <= NEAR_PX
      const first = list.getVirtualItemForOffset(element.scrollTop)?.index ?? 0
      const atEnd = segment.after === null && near
      if (told?.first === first && told.atEnd === atEnd) return
      told = { atEnd, first }
      onView(told)
    }
    look()
    // The composer grew, or a keyboard came: the end one looks at does not slip away under it.
    const room = new ResizeObserver(() => near && list.scrollToEnd())
    room.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      room.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, list, segment, count, onView])
}

/** Gives a row the focus, going there first. */
export function focusAt(list: List, scroller: Scroller, index: number): void {
  list.scrollToIndex(index, { align: 'auto' })
  // The row may exist only after the list has moved there.
  requestAnimationFrame(() => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`)
    row?.focus({ preventScroll: true })
  })
}

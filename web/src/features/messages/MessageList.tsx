import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { Segment } from '@/api/segments'
import { t } from '@/ui/text'
import { useTalk } from './context'
import { onListKey } from './listKeys'
import { RowView } from './RowView'
import type { Row } from './rows'
import type { Focus } from './timeline'
import { focusAt, type ListView, useList, useMore, useTarget, useView } from './useList'

interface Props {
  rows: readonly Row[]
  segment: Segment
  focus: Focus
  editing: string | null
  marked: string | null
  /** Lets the parts around the list scroll it. */
  handle: RefObject<ListHandle | null>
  /** What stands above the very first message; null while there is more to load. */
  start: string | null
  /** What is in view changed. */
  onView(view: ListView): void
}

/** What others may ask of the list. */
export interface ListHandle {
  toEnd(): void
  toRow(key: string): void
}

/** The messages of one unbroken stretch. Only what is near the view exists as elements. */
export function MessageList(props: Props) {
  const { rows, segment, focus, handle, onView } = props
  const talk = useTalk()
  const scroller = useRef<HTMLDivElement>(null)
  const [lit, setLit] = useState<string | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const list = useList(scroller, rows, segment.after === null)
  const items = list.getVirtualItems()
  const [settled, aim] = useTarget(scroller, list, rows, focus)
  const [first, last] = settled ? [items[0]?.index, items.at(-1)?.index] : []
  useMore(talk.channelId, segment, first, last, rows.length)
  useView(scroller, list, segment, rows.length, onView)
  useEffect(() => {
    handle.current = {
      toEnd: () => list.scrollToEnd(),
      toRow: (key) => aim({ key, align: 'start' }),
    }
  })
  const reachable = current ?? rows.at(-1)?.key ?? null
  const shown = items.flatMap(({ index }) => {
    const row = rows[index]
    return row ? [{ row, index }] : []
  })
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden overscroll-contain [mask-image:linear-gradient(transparent,black_28px,black_calc(100%-12px),transparent)] [overflow-anchor:none]"
    >
      <Feed
        onKeyDown={(event) => onListKey(event, rows, talk, (at) => focusAt(list, scroller, at))}
        height={list.getTotalSize()}
        offset={items[0]?.start ?? 0}
        start={props.start}
      >
        {shown.map(({ row, index }) => (
          <div key={row.key} data-index={index} ref={list.measureElement} className="flow-root">
            <RowView
              row={row}
              lit={lit === row.key || (lit === null && current === row.key)}
              current={reachable === row.key}
              editing={row.id !== null && props.editing === row.id}
              marked={row.id !== null && props.marked === row.id}
              onLight={setLit}
              onFocus={setCurrent}
            />
          </div>
        ))}
      </Feed>
    </div>
  )
}

interface FeedProps {
  onKeyDown(event: KeyboardEvent): void
  height: number
  offset: number
  start: string | null
  children: ReactNode
}

/** As tall as all rows would be; those that exist stand where they belong. A short one lies at the foot. */
function Feed({ onKeyDown, height, offset, start, children }: FeedProps) {
  return (
    <div
      role="feed"
      aria-label={t('messages.list')}
      onKeyDown={onKeyDown}
      className="relative flex min-h-full flex-col justify-end"
    >
      <div className="relative w-full flex-none" style={{ height }}>
        {start && (
          <p className="serif absolute inset-x-0 top-0 mx-auto max-w-[52rem] px-6 pt-9 text-ink-2 text-section phone:px-4">
            {start}
          </p>
        )}
        <div
          className="absolute inset-x-0 top-0 mx-auto max-w-[52rem] px-6 phone:px-4"
          style={{ transform: `translateY(${offset}px)` }}
        >
          {children}
        </div>
      </div>
    </div>
  )
}

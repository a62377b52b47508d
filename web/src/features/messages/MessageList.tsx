import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  type RefObject,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import type { Segment } from '@/api/segments'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { useTalk } from './context'
import type { Focus } from './lines'
import { onListKey } from './listKeys'
import { RowView } from './RowView'
import type { Row } from './rows'
import { focusAt, type ListView, useList, useMore, useTarget, useView } from './useList'

/** Room above the root of a thread. */
const TOP_PX = 12

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
  /** A thread: few rows stand at the head, not at the foot. */
  top?: boolean
  /** What is in view changed. */
  onView(view: ListView): void
}

/** What others may ask of the list. */
export interface ListHandle {
  toEnd(): void
  toRow(key: string): void
}

/**
 * The messages of one unbroken stretch. Only what is near the view exists as elements. What is
 * around the list is drawn anew with each row that comes into view; the list itself is not.
 */
export const MessageList = memo(function MessageList(props: Props) {
  const { rows, segment, focus, handle, onView } = props
  const talk = useTalk()
  const scroller = useRef<HTMLDivElement>(null)
  const [lit, setLit] = useState<string | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const list = useList(scroller, rows, segment.after === null, props.top ? TOP_PX : undefined)
  const items = list.getVirtualItems()
  const [settled, aim] = useTarget(scroller, list, rows, focus)
  const [first, last] = settled ? [items[0]?.index, items.at(-1)?.index] : []
  useMore(talk.line, segment, first, last, rows.length)
  useView(scroller, list, segment, rows.length, onView)
  useImperativeHandle(handle, () => ({
    toEnd: () => list.scrollToEnd(),
    toRow: (key) => aim({ key, align: 'start' }),
  }))
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
        top={props.top ?? false}
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
})

interface FeedProps {
  onKeyDown(event: KeyboardEvent): void
  height: number
  offset: number
  start: string | null
  top: boolean
  children: ReactNode
}

/** As tall as all rows would be; those that exist stand where they belong. A short one lies at the foot. */
function Feed({ onKeyDown, height, offset, start, top, children }: FeedProps) {
  return (
    <div
      role="feed"
      aria-label={t(top ? 'messages.thread' : 'messages.list')}
      onKeyDown={onKeyDown}
      className={cx('relative flex min-h-full flex-col', !top && 'justify-end')}
    >
      <div className="relative w-full flex-none" style={{ height }}>
        {start && (
          <p className="serif absolute inset-x-0 top-0 mx-auto max-w-[52rem] px-6 pt-9 text-ink-2 text-section phone:px-4">
            {start}
          </p>
        )}
        <div
          className={cx(
            'absolute inset-x-0 top-0 mx-auto max-w-[52rem] phone:px-4',
            top ? 'px-5' : 'px-6',
          )}
          style={{ transform: `translateY(${offset}px)` }}
        >
          {children}
        </div>
      </div>
    </div>
  )
}

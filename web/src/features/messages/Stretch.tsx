import { type ReactNode, useEffect, useRef, useState } from 'react'
import { entities } from '@/api/entities'
import type { Unsent } from '@/api/outbox'
import type { Segment } from '@/api/segments'
import { EmptyState } from '@/ui/EmptyState'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { Announce } from './Announce'
import { fetchMessage } from './api'
import { useTalk } from './context'
import { ToPresent, ToUnread } from './JumpButtons'
import { LoadingRows } from './LoadingRows'
import { LoadProblem } from './LoadProblem'
import { type Focus, isReply, segmentAt } from './lines'
import { type ListHandle, MessageList } from './MessageList'
import { markRead, useReading } from './read'
import { countNew, type Row } from './rows'
import { show, useTimeline } from './timeline'
import { UnsentRows } from './UnsentRows'
import type { ListView } from './useList'
import { useLooking, useNewLine } from './useNewLine'
import { useBack, useEscape, useGlow, useRows, useSent } from './useStretch'

interface Props {
  name: string | null
  focus: Focus
  unsent: readonly Unsent[]
  editing: string | null
  /** The message of a permalink: it glows when it comes into view. */
  anchor: string | null
  onFocus(focus: Focus): void
}

/** The part of a channel that is on screen, or why there is none. */
export function Stretch(props: Props) {
  const { channelId } = useTalk()
  const timeline = useTimeline(channelId)
  const segment = segmentAt(timeline.segments, props.focus)
  const { focus, onFocus } = props
  const missing = segment === undefined
  // Kept here, above the list: a jump to elsewhere must not forget what was new.
  const [view, setView] = useState<ListView>({ atEnd: focus.at === 'end', first: 0 })
  const watching = useLooking() && view.atEnd && !missing
  const [newAfter, clearNew] = useNewLine(channelId, watching)
  useReading(channelId, watching)
  const news = { view, setView, newAfter, clearNew }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset takes away what was shown
  useEffect(() => {
    void show(channelId, focus)
  }, [channelId, focus, missing])
  useBack(() => missing && void show(channelId, focus))
  useReplyAddress(missing ? props.anchor : null)
  const lost = focus.at === 'message' && missing && timeline.problem?.status === 404
  useEffect(() => {
    if (!lost) return
    // The place may well be here although the message is not.
    toast({ text: t('messages.anchor.gone') })
    onFocus({ at: 'end' })
  }, [lost, onFocus])
  if (segment) return <Loaded {...props} {...news} segment={segment} />
  if (timeline.problem) {
    return (
      <>
        <LoadProblem problem={timeline.problem} onRetry={() => void show(channelId, focus)} />
        <UnsentRows unsent={props.unsent} />
      </>
    )
  }
  return <LoadingRows />
}

/** A reply stands in its thread only: the address of one leads on into it. */
function useReplyAddress(id: string | null): void {
  const { thread } = useTalk()
  useEffect(() => {
    if (!id) return
    let here = true
    void fetchMessage(id).then(
      (found) => here && isReply(found) && found.root_id && thread(found.root_id, id),
      // Gone, or no line: the list says so.
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [id, thread])
}

interface LoadedProps extends Props {
  segment: Segment
  view: ListView
  setView(view: ListView): void
  newAfter: number | null
  clearNew(): void
}

function Loaded(props: LoadedProps) {
  const { focus, segment, unsent, editing, onFocus, view, newAfter } = props
  const { channelId, me } = useTalk()
  const handle = useRef<ListHandle>(null)
  const marked = useGlow(props.anchor)
  const rows = useRows(segment, unsent, me, newAfter)
  useEscape(() => {
    markRead(channelId)
    props.clearNew()
  })
  useSent(unsent, () => handle.current?.toEnd())
  const toPresent = () =>
    segment.after === null ? handle.current?.toEnd() : onFocus({ at: 'end' })
  const toUnread = (key: string | null) =>
    key !== null
      ? handle.current?.toRow(key)
      : newAfter !== null && onFocus({ at: 'time', position: newAfter })
  const name = props.name ?? ''
  const above = unreadAbove(rows, segment, newAfter, view.first)
  const came = useLeft(segment, view.atEnd) ?? (above ? null : newAfter)
  if (rows.length === 0 && segment.before === null && segment.after === null) {
    return <Empty />
  }
  return (
    <Frame>
      {above && <UnreadJump {...{ rows, segment, newAfter }} onJump={toUnread} />}
      <MessageList
        // A jump to elsewhere is a new list: positions of the old one mean nothing there.
        key={JSON.stringify(focus)}
        {...{ rows, segment, focus, editing, marked, handle }}
        start={segment.before === null ? t('messages.start', { name }) : null}
        onView={props.setView}
      />
      <Announce rows={rows} on={view.atEnd} />
      {!view.atEnd && <ToPresent count={missed(segment, came, me)} onClick={toPresent} />}
    </Frame>
  )
}

/** What was newest when one was at the end last: what comes after it came meanwhile. */
function useLeft(segment: Segment, atEnd: boolean): number | null {
  const left = useRef<number | null>(null)
  const here = atEnd && segment.after === null
  const newest = segment.entries.at(-1)?.position ?? 0
  useEffect(() => {
    if (here) left.current = newest
  }, [here, newest])
  return left.current
}

function Empty() {
  return (
    <Frame>
      <EmptyState
        drawing="bench"
        title={t('messages.empty.title')}
        text={t('messages.empty.text')}
      />
    </Frame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  return <div className="relative flex min-h-0 flex-1 flex-col">{children}</div>
}

function missed(segment: Segment, after: number | null, me: string): number {
  if (after === null) return 0
  return countNew(
    { entries: segment.entries, message: (id) => entities.get('message', id), me },
    after,
  )
}

interface JumpProps {
  rows: readonly Row[]
  segment: Segment
  newAfter: number | null
  onJump(key: string | null): void
}

/** Is the first unread message above what one sees? */
function unreadAbove(
  rows: readonly Row[],
  segment: Segment,
  newAfter: number | null,
  first: number,
): boolean {
  if (newAfter === null) return false
  const index = rows.findIndex((row) => row.fresh)
  return index >= 0 ? index < first : (segment.entries[0]?.position ?? 0) > newAfter
}

/** Offered while the first unread message is above what one sees. */
function UnreadJump({ rows, segment, newAfter, onJump }: JumpProps) {
  const { me } = useTalk()
  if (newAfter === null) return null
  const index = rows.findIndex((row) => row.fresh)
  const count = index >= 0 ? missed(segment, newAfter, me) : null
  return (
    <ToUnread
      count={count}
      since={newAfter / 1000}
      onClick={() => onJump(rows[index]?.key ?? null)}
    />
  )
}

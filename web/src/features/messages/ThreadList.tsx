import { useEffect, useMemo, useRef, useState } from 'react'
import { useEntity } from '@/api/entities'
import type { Unsent } from '@/api/outbox'
import type { Segment } from '@/api/segments'
import type { Thread } from '@/api/types'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { Announce } from './Announce'
import { useTalk } from './context'
import { ToPresent } from './JumpButtons'
import { LoadProblem } from './LoadProblem'
import { type Focus, segmentAt } from './lines'
import { type ListHandle, MessageList } from './MessageList'
import { hasNews, isThreadKeptUnread, useThreadReading, useThreadState } from './threadState'
import { show, useTimeline } from './timeline'
import type { ListView } from './useList'
import { useLooking } from './useNewLine'
import { useBack, useGlow, useRows, useSent } from './useStretch'

interface Props {
  thread: Thread | undefined
  rootId: string
  unsent: readonly Unsent[]
  editing: string | null
  /** A reply to open at and light. */
  anchor: string | null
}

const END: Focus = { at: 'end' }
/** Nobody has answered yet, or the replies are on their way: the root is here already. */
const NONE: Segment = { entries: [], before: null, after: null }

/** The root and the replies under it. */
export function ThreadList({ thread, rootId, unsent, editing, anchor }: Props) {
  const { line, me } = useTalk()
  const timeline = useTimeline(line)
  const [focus, setFocus] = useState(startAt(anchor, rootId))
  const loaded = segmentAt(timeline.segments, focus)
  const load = () => {
    if (thread && !loaded) void show(line, focus)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset takes away what was shown
  useEffect(load, [line, focus, thread === undefined, loaded === undefined])
  useBack(load)
  const lost = focus.at === 'message' && !loaded && timeline.problem?.status === 404
  useEffect(() => {
    if (!lost) return
    toast({ text: t('messages.anchor.gone') })
    setFocus(END)
  }, [lost])
  const marked = useGlow(anchor)
  const segment = loaded ?? NONE
  const position = useEntity('message', rootId)?.position ?? 0
  const root = useMemo(() => ({ id: rootId, position }), [rootId, position])
  const [view, setView] = useState<ListView>({ atEnd: focus === END, first: 0 })
  const watching = useLooking() && view.atEnd && loaded !== undefined
  const after = useNewAfter(thread, watching)
  useThreadReading(thread, watching)
  const handle = useRef<ListHandle>(null)
  const rows = useRows(segment, unsent, me, after, root)
  const toEnd = () => (segment.after === null ? handle.current?.toEnd() : setFocus(END))
  useSent(unsent, toEnd)
  if (timeline.problem && !loaded && !lost) {
    return <LoadProblem problem={timeline.problem} onRetry={load} />
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <MessageList
        {...{ rows, segment, editing, handle, focus, marked }}
        key={`${focus.at} ${loaded ? 'here' : 'coming'}`}
        start={null}
        top
        onView={setView}
      />
      <Announce rows={rows} on={view.atEnd} />
      {!view.atEnd && <ToPresent count={0} onClick={toEnd} />}
    </div>
  )
}

/** At the end, or at a reply; the root stands above them all anyway. */
function startAt(anchor: string | null, rootId: string): Focus {
  return anchor && anchor !== rootId ? { at: 'message', id: anchor } : END
}

/** What was read when one came; it stays until one leaves, and moves up when one marks more as
 * unread. What comes while one looks is no news. */
function useNewAfter(thread: Thread | undefined, watching: boolean): number | null {
  const state = useThreadState(thread?.id ?? null)
  const [after, setAfter] = useState<number | null>(null)
  const came = useRef(false)
  const news = thread !== undefined && hasNews(thread, state)
  const read = state?.read_position ?? 0
  useEffect(() => {
    if (!state) return
    const seen = watching && came.current && !isThreadKeptUnread(thread?.id ?? '')
    came.current = true
    if (news && !seen) setAfter((known) => Math.min(known ?? read, read))
  }, [state, news, read, watching, thread?.id])
  return after
}

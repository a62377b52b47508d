import { useEffect, useMemo, useRef, useState } from 'react'
import { useEntity } from '@/api/entities'
import type { Unsent } from '@/api/outbox'
import type { Segment } from '@/api/segments'
import type { Thread } from '@/api/types'
import { Announce } from './Announce'
import { useTalk } from './context'
import { ToPresent } from './JumpButtons'
import { LoadProblem } from './LoadProblem'
import { type Focus, segmentAt } from './lines'
import { type ListHandle, MessageList } from './MessageList'
import { hasNews, useThreadReading, useThreadState } from './threadState'
import { show, useTimeline } from './timeline'
import type { ListView } from './useList'
import { useLooking } from './useNewLine'
import { useBack, useRows, useSent } from './useStretch'

interface Props {
  thread: Thread | undefined
  rootId: string
  unsent: readonly Unsent[]
  editing: string | null
}

const END: Focus = { at: 'end' }
/** Nobody has answered yet, or the replies are on their way: the root is here already. */
const NONE: Segment = { entries: [], before: null, after: null }

/** The root and the replies under it. */
export function ThreadList({ thread, rootId, unsent, editing }: Props) {
  const { line, me } = useTalk()
  const timeline = useTimeline(line)
  const loaded = segmentAt(timeline.segments, END)
  const load = () => {
    if (thread && !loaded) void show(line, END)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset takes away what was shown
  useEffect(load, [line, thread === undefined, loaded === undefined])
  useBack(load)
  const segment = loaded ?? NONE
  const position = useEntity('message', rootId)?.position ?? 0
  const root = useMemo(() => ({ id: rootId, position }), [rootId, position])
  const [view, setView] = useState<ListView>({ atEnd: true, first: 0 })
  const watching = useLooking() && view.atEnd && loaded !== undefined
  const after = useNewAfter(thread, watching)
  useThreadReading(thread, watching)
  const handle = useRef<ListHandle>(null)
  const rows = useRows(segment, unsent, me, after, root)
  useSent(unsent, () => handle.current?.toEnd())
  if (timeline.problem && !loaded) {
    return <LoadProblem problem={timeline.problem} onRetry={load} />
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <MessageList
        {...{ rows, segment, editing, handle }}
        key={loaded ? 'here' : 'coming'}
        focus={END}
        marked={null}
        start={null}
        top
        onView={setView}
      />
      <Announce rows={rows} on={view.atEnd} />
      {!view.atEnd && <ToPresent count={0} onClick={() => handle.current?.toEnd()} />}
    </div>
  )
}

/** What was read when one came; it stays until one leaves. What comes while one looks is no news. */
function useNewAfter(thread: Thread | undefined, watching: boolean): number | null {
  const state = useThreadState(thread?.id ?? null)
  const [after, setAfter] = useState<number | null>(null)
  const came = useRef(false)
  const news = thread !== undefined && hasNews(thread, state)
  const read = state?.read_position ?? 0
  useEffect(() => {
    if (!state) return
    const seen = watching && came.current
    came.current = true
    if (news && !seen) setAfter((known) => known ?? read)
  }, [state, news, read, watching])
  return after
}

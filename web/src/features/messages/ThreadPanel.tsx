import { ArrowLeft, Bell, BellOff, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '@/api/client'
import { useConnection } from '@/api/connection'
import { useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import type { Channel, Thread } from '@/api/types'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { plainName } from '@/ui/names'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { TalkContext } from './context'
import type { Writing } from './field'
import { LoadingRows } from './LoadingRows'
import { LoadProblem } from './LoadProblem'
import { lineOf } from './lines'
import { ThreadComposer } from './ThreadComposer'
import { ThreadList } from './ThreadList'
import { followThread, loadThread, useThreadState } from './threadState'
import { useUnsentIn } from './unsentIn'
import { useRoom } from './useRoom'

interface Props {
  channel: Channel
  rootId: string
  /** A reply to open at and light. */
  anchor: string | null
  /** It is a page of its own, on a phone: the way back stands at its head. */
  page?: boolean
  onClose(): void
  /** Goes to a message of the place. */
  onJump(id: string): void
}

/** A message, what was answered to it, and a field to answer. */
export function ThreadPanel({ channel, rootId, anchor, page, onClose, onJump }: Props) {
  const thread = useEntity('thread', rootId)
  const Heading = page ? 'h1' : 'h2'
  return (
    <>
      <header className="relative z-10 flex h-[3.75rem] shrink-0 items-center gap-2.5 pr-3.5 pl-5 phone:h-[3.25rem] phone:pr-1.5 phone:pl-1">
        {page && (
          <IconButton icon={ArrowLeft} label={t('messages.thread.back')} onClick={onClose} />
        )}
        <Heading className="serif pt-0.5 text-place">{t('messages.thread')}</Heading>
        <p dir="auto" className="min-w-0 flex-1 truncate pt-[3px] text-ink-3 text-small">
          {plainName(channel.name)}
        </p>
        {thread && <FollowButton thread={thread} />}
        {!page && <IconButton icon={X} label={t('messages.thread.close')} onClick={onClose} />}
      </header>
      <Inside key={`${rootId} ${anchor ?? ''}`} {...{ channel, rootId, anchor, thread, onJump }} />
    </>
  )
}

function FollowButton({ thread }: { thread: Thread }) {
  const following = useThreadState(thread.id)?.following ?? false
  const change = () =>
    void followThread(thread.id, !following).then(
      () =>
        toast({ text: t(following ? 'messages.thread.unfollowed' : 'messages.thread.followed') }),
      (problem) => {
        const reason = problem instanceof ApiError ? problem.message : ''
        toast({ text: t('messages.thread.follow.failed', { reason }), tone: 'bad' })
      },
    )
  return (
    <IconButton
      icon={following ? Bell : BellOff}
      label={t(following ? 'messages.thread.unfollow' : 'messages.thread.follow')}
      aria-pressed={following}
      onClick={change}
    />
  )
}

/** Loads the head of a thread, again when the line is back; says why it cannot. */
function useThreadHead(rootId: string): [ApiError | null, () => void] {
  const [problem, setProblem] = useState<ApiError | null>(null)
  const [tries, setTries] = useState(0)
  const online = useConnection().state === 'online'
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try, and the line, ask again
  useEffect(() => {
    let here = true
    loadThread(rootId).then(
      () => here && setProblem(null),
      (reason) => here && reason instanceof ApiError && setProblem(reason),
    )
    return () => {
      here = false
    }
  }, [rootId, tries, online])
  return [problem, () => setTries((count) => count + 1)]
}

function Inside({
  channel,
  rootId,
  anchor,
  thread,
  onJump,
}: {
  channel: Channel
  rootId: string
  anchor: string | null
  thread: Thread | undefined
  onJump(id: string): void
}) {
  const { me } = useSession()
  const field = useRef<Writing>(null)
  const root = useEntity('message', rootId)
  const [problem, retry] = useThreadHead(rootId)
  const unsent = useUnsentIn(channel.id, rootId)
  const line = lineOf(channel.id, thread?.id ?? 'new')
  const room = useRoom({
    ...{ channelId: channel.id, channel, me: me?.id ?? '', line, root: rootId, field },
    onThread: () => undefined,
    onJump,
  })
  useEffect(() => {
    // Fingers bring up a keyboard that hides what one came to read.
    if (!matchMedia('(pointer: coarse)').matches) field.current?.focus()
  }, [])
  if (!root || root.channel_id !== channel.id) {
    if (!problem && !root) return <LoadingRows />
    if (problem && problem.status !== 404) return <LoadProblem problem={problem} onRetry={retry} />
    return (
      <EmptyState
        drawing="bench"
        title={t('messages.thread.gone.title')}
        text={t('messages.thread.gone.text')}
      />
    )
  }
  return (
    <TalkContext value={room.talk}>
      <ThreadList {...{ thread, rootId, unsent, anchor }} editing={room.editing} />
      <ThreadComposer
        channel={channel}
        rootId={rootId}
        field={field}
        talk={room.talk}
        quoting={room.quoting}
      />
      {room.over}
    </TalkContext>
  )
}

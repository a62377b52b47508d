import { useEntity } from '@/api/entities'
import { usePersons } from '@/api/people'
import type { Message, Reaction, Thread } from '@/api/types'
import { AvatarStack } from '@/ui/AvatarStack'
import { UnreadDot } from '@/ui/Badge'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { fullTime, relativeTime } from '@/ui/relativeTime'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { useTalk } from './context'
import { useHeardReactions } from './hushed'
import { react } from './reactions'
import { hasNews, useThreadState } from './threadState'

/** What hangs on a message, in one row: reactions, and the thread it began. */
export function Foot({ message }: { message: Message }) {
  const { root } = useTalk()
  const thread = useEntity('thread', message.id)
  const reactions = useHeardReactions(message.reactions ?? [])
  const line = thread && thread.replies > 0 && root !== message.id
  if (message.deleted ? !line : reactions.length === 0 && !line) return null
  return (
    <div className="mt-1.5 mb-0.5 flex flex-wrap items-center gap-1.5">
      {!message.deleted &&
        reactions.map((one) => <Chip key={one.emoji} messageId={message.id} reaction={one} />)}
      {line && <ThreadLine thread={thread} />}
    </div>
  )
}

/** Of a message that is folded away, the thread it began. */
export function ThreadFoot({ message }: { message: Message }) {
  return <Foot message={{ ...message, reactions: [] }} />
}

function useGivers({ users, count, emoji }: Reaction, me: string): string {
  const people = usePersons(users)
  const named = people.map(({ id, name }) => (id === me ? t('messages.you') : plainName(name)))
  const rest = count - named.length
  const all = rest > 0 ? [...named, t('messages.reaction.more', { count: rest })] : named
  const names = new Intl.ListFormat('en', { type: 'conjunction' }).format(all)
  return t('messages.reaction.by', { names, emoji })
}

/** One emoji, how many gave it, and whether I did. */
function Chip({ messageId, reaction }: { messageId: string; reaction: Reaction }) {
  const { me, writes } = useTalk()
  const mine = reaction.users.includes(me)
  const givers = useGivers(reaction, me)
  return (
    <Tooltip text={givers}>
      <button
        type="button"
        aria-pressed={mine}
        aria-disabled={!writes}
        onClick={() => writes && void react(messageId, reaction.emoji, me)}
        className={cx(
          'relative flex h-[1.625rem] items-center gap-1.5 before:absolute before:inset-x-0 before:-inset-y-2 rounded-full px-2.5 text-small tabular-nums transition-colors',
          mine
            ? 'bg-marigold-wash text-marigold-text hover:bg-marigold/25'
            : 'bg-stone-3 text-ink-2 hover:bg-stone-4',
        )}
      >
        <span aria-hidden className="text-[0.9375rem] leading-none">
          {reaction.emoji}
        </span>
        <span aria-hidden>{reaction.count}</span>
        <span className="sr-only">{givers}</span>
      </button>
    </Tooltip>
  )
}

function ThreadLine({ thread }: { thread: Thread }) {
  const talk = useTalk()
  const people = usePersons(thread.people.slice(0, 3))
  const news = hasNews(thread, useThreadState(thread.id))
  const last = new Date(thread.last_position / 1000).toISOString()
  return (
    <button
      type="button"
      onClick={() => talk.thread(thread.root_id)}
      className="relative flex before:absolute before:inset-x-0 before:-inset-y-2 h-[1.625rem] min-w-0 items-center gap-2 rounded-row pr-2 pl-0.5 text-small transition-colors hover:bg-stone-4"
    >
      <span aria-hidden className="flex">
        <AvatarStack people={people} size={20} />
      </span>
      <span className={cx(news ? 'font-bold text-ink-1' : 'font-medium text-sky')}>
        {t('messages.thread.replies', { count: thread.replies })}
      </span>
      <time title={fullTime(last)} className="truncate text-ink-3 text-tiny">
        {relativeTime(last)}
      </time>
      {news && <UnreadDot label={t('messages.thread.unread')} />}
    </button>
  )
}

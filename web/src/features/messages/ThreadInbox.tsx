import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MessageSquareReply } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { api, unwrap } from '@/api/client'
import { useEntity } from '@/api/entities'
import { peopleVersion, takePeople, usePerson } from '@/api/people'
import type { Channel, FollowedThread, Message } from '@/api/types'
import { useChannelFetch } from '@/features/channels/api'
import { ChannelIcon } from '@/features/channels/ChannelIcon'
import { isConversation, useTalk } from '@/features/channels/conversations'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { plainName } from '@/ui/names'
import { fullTime, relativeTime } from '@/ui/relativeTime'
import { t } from '@/ui/text'
import { useRoving, withLetters } from '@/ui/useRoving'
import { LoadingRows } from './LoadingRows'
import { plain } from './markdown'
import { hasNews, takeThread, takeThreadState, useThreadState } from './threadState'

async function fetchThreads(before: string | null) {
  const version = peopleVersion()
  const query = before ? { before } : {}
  const page = await unwrap(api.GET('/api/threads', { params: { query } }))
  takePeople(page.users, version)
  for (const { thread, following, read_position } of page.threads) {
    takeThread(thread)
    takeThreadState(thread.id, { following, read_position })
  }
  return page
}

const useThreads = () =>
  useInfiniteQuery({
    queryKey: ['threads'],
    queryFn: ({ pageParam }) => fetchThreads(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.before,
    refetchOnMount: 'always',
  })

/** The threads I follow, last answered first; j and k walk, Enter goes there. */
export function ThreadInbox() {
  const inbox = useThreads()
  const list = useRef<HTMLUListElement>(null)
  const all = inbox.data?.pages.flatMap(({ threads }) => threads) ?? []
  const roving = useRoving(list, all[0]?.thread.id ?? null)
  if (inbox.isPending) return <LoadingRows />
  if (inbox.error && all.length === 0) {
    return (
      <ErrorState
        title={t('messages.threads.failed')}
        text={inbox.error.message}
        onRetry={() => void inbox.refetch()}
      />
    )
  }
  if (all.length === 0) {
    return (
      <EmptyState
        drawing="bench"
        title={t('messages.threads.empty.title')}
        text={t('messages.threads.empty.text')}
      />
    )
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-8">
      <ul
        ref={list}
        aria-label={t('messages.threads')}
        onKeyDown={(event: KeyboardEvent) => roving.onKeyDown(withLetters(event))}
        className="mx-auto grid max-w-[52rem] grid-cols-[minmax(0,1fr)] gap-2.5 px-6 pt-1 phone:px-3"
      >
        {all.map((one) => (
          <FollowedRow
            key={one.thread.id}
            followed={one}
            tabIndex={roving.tabIndex(one.thread.id)}
          />
        ))}
      </ul>
      {inbox.hasNextPage && (
        <div className="grid place-items-center pt-4">
          <Button busy={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            {t('messages.threads.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** One thread: where, what it is about, and what was said in it last. */
function FollowedRow({ followed, tabIndex }: { followed: FollowedThread; tabIndex: number }) {
  const { root, latest } = followed
  const thread = useEntity('thread', root.id) ?? followed.thread
  const fresh = hasNews(thread, useThreadState(thread.id))
  const last = new Date(thread.last_position / 1000).toISOString()
  const rest = thread.replies - latest.length
  const to = {
    to: '/c/$channelId',
    params: { channelId: thread.channel_id },
    search: { thread: root.id },
  } as const
  return (
    <li className="rounded-card bg-(--raised)">
      <Link
        {...to}
        data-row={thread.id}
        tabIndex={tabIndex}
        className="block rounded-card px-4 pt-3 pb-2 transition-colors hover:bg-stone-3"
      >
        <span className="flex min-w-0 items-center gap-2 text-ink-3 text-small">
          <Place channelId={thread.channel_id} />
          <span className="flex-1" />
          <time dateTime={last} title={fullTime(last)} className="shrink-0 tabular-nums">
            {relativeTime(last)}
          </time>
          {fresh && (
            <span
              role="img"
              aria-label={t('messages.thread.unread')}
              className="size-2 shrink-0 rounded-full bg-marigold"
            />
          )}
        </span>
        <Said message={root} size={28} strong={fresh} />
        <span className="mt-2 block border-line border-l-2 pl-3.5">
          {rest > 0 && (
            <span className="block text-ink-3 text-small">
              {t('messages.threads.earlier', { count: rest })}
            </span>
          )}
          {latest.map((message) => (
            <Said key={message.id} message={message} size={20} strong={false} />
          ))}
        </span>
      </Link>
      <div className="px-3 pb-2.5">
        <Button asChild size="small" look="ghost">
          <Link {...to}>
            <MessageSquareReply size={16} aria-hidden />
            {t('messages.threads.reply')}
          </Link>
        </Button>
      </div>
    </li>
  )
}

function Said({ message, size, strong }: { message: Message; size: 20 | 28; strong: boolean }) {
  const person = usePerson(message.author_id)
  const name = person ? plainName(person.name) : t('messages.someone')
  const words = plain(message.text) || plain(message.forwarded?.text ?? '')
  return (
    <span className={cx('flex items-start gap-2.5', size === 28 ? 'mt-2.5' : 'mt-1.5')}>
      <Avatar
        person={{ id: message.author_id, name, avatar: person?.avatar ?? null }}
        size={size}
      />
      <span dir="auto" className="line-clamp-2 min-w-0 break-words text-ink-2">
        <bdi className={cx('mr-1.5 text-ink-1', strong ? 'font-bold' : 'font-strong')}>{name}</bdi>
        {message.deleted ? t('messages.deleted') : words || t('messages.quote.wordless')}
      </span>
    </span>
  )
}

function Place({ channelId }: { channelId: string }) {
  const known = useEntity('channel', channelId)
  const { data } = useChannelFetch(channelId, !known)
  const channel = known ?? data
  const group = useEntity('group', channel?.group_id)
  if (!channel) return null
  if (isConversation(channel)) return <TalkName channel={channel} />
  return (
    <>
      <ChannelIcon channel={channel} size={16} className="shrink-0" />
      <bdi className="truncate text-ink-2">{plainName(channel.name)}</bdi>
      {group && <bdi className="truncate">{plainName(group.name)}</bdi>}
    </>
  )
}

function TalkName({ channel }: { channel: Channel }) {
  return <bdi className="truncate">{useTalk(channel).name}</bdi>
}

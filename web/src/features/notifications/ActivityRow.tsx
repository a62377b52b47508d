import { Link } from '@tanstack/react-router'
import {
  AtSign,
  type LucideIcon,
  MessageSquareReply,
  MessagesSquare,
  SmilePlus,
  UserPlus,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useEntity } from '@/api/entities'
import { usePerson } from '@/api/people'
import type { Message, Told } from '@/api/types'
import { useBlocked } from '@/features/accounts/blocks'
import { useChannelFetch } from '@/features/channels/api'
import { isConversation } from '@/features/channels/conversations'
import { Avatar } from '@/ui/Avatar'
import { cx } from '@/ui/cx'
import { fullTime, relativeTime } from '@/ui/relativeTime'
import { t } from '@/ui/text'
import { useMessageOf } from './api'
import { plainly } from './plain'
import { sentence } from './say'

const icons: Record<Told['why'], LucideIcon> = {
  mention: AtSign,
  reply: MessageSquareReply,
  message: MessagesSquare,
  reaction: SmilePlus,
  invited: UserPlus,
}

interface Props {
  told: Told
  tabIndex: number
  onOpen: () => void
}

/** One thing one was told of: who, what, where and when. It leads there. */
export function ActivityRow({ told, tabIndex, onOpen }: Props) {
  const actor = usePerson(told.actor_id)
  const blocked = useBlocked(told.actor_id)
  const fresh = told.read_at === null
  const place = usePlaceName(told.place_id)
  const message = useMessageOf(told)
  const Icon = icons[told.why]
  return (
    <li>
      <RowLink {...{ told, message, tabIndex, onOpen }}>
        <span
          aria-hidden
          className={cx('mt-4 size-2 shrink-0 rounded-full', fresh && 'bg-marigold')}
        />
        <span className="relative shrink-0">
          {actor && <Avatar person={actor} size={40} />}
          <span className="absolute -right-1.5 -bottom-1 grid size-5 place-items-center rounded-full bg-stone-4 text-ink-2 shadow-[0_0_0_2.5px_var(--ground)]">
            <Icon size={12} aria-hidden />
          </span>
        </span>
        <span className="min-w-0 flex-1">
          <span dir="auto" className={cx('block', fresh ? 'font-strong text-ink-1' : 'text-ink-2')}>
            {sentence(told.why, actor?.name ?? t('notifications.somebody'), place)}
            {fresh && <span className="sr-only">{t('notifications.unread')}</span>}
          </span>
          {told.object_kind === 'message' && !blocked && <Words message={message} fresh={fresh} />}
        </span>
        <time
          dateTime={told.created_at}
          title={fullTime(told.created_at)}
          className="shrink-0 text-ink-3 text-small tabular-nums"
        >
          {relativeTime(told.created_at)}
        </time>
      </RowLink>
    </li>
  )
}

/** The name of a channel; of a conversation nothing, for there the person says it all. */
function usePlaceName(placeId: string | null): string | null {
  const channel = useEntity('channel', placeId)
  const { data } = useChannelFetch(placeId ?? '', placeId !== null && !channel)
  const place = channel ?? data
  return place && !isConversation(place) ? place.name : null
}

function Words({ message, fresh }: { message: Message | null | undefined; fresh: boolean }) {
  const text = message && (message.text || message.forwarded?.text || '')
  return (
    <span
      dir="auto"
      className={cx('mt-0.5 line-clamp-2 break-words', fresh ? 'text-ink-1' : 'text-ink-3')}
    >
      {text === null ? <i>{t('notifications.gone')}</i> : text === undefined ? '…' : plainly(text)}
    </span>
  )
}

interface LinkProps extends Props {
  message: Message | null | undefined
  children: ReactNode
}

function RowLink({ told, message, tabIndex, onOpen, children }: LinkProps) {
  const look =
    'flex w-full items-start gap-3 rounded-card px-2.5 py-3 text-left transition-colors hover:bg-stone-3 hover:[--ground:var(--stone-3)]'
  const shared = { tabIndex, 'data-row': told.id, onClick: onOpen, className: look }
  if (!told.place_id) {
    return (
      <button type="button" {...shared}>
        {children}
      </button>
    )
  }
  return (
    <Link
      to="/c/$channelId"
      params={{ channelId: told.place_id }}
      search={searchOf(told, message)}
      {...shared}
    >
      {children}
    </Link>
  )
}

/** To the message: where it is a reply, in its thread. */
function searchOf(
  told: Told,
  message: Message | null | undefined,
): { m?: string; thread?: string } {
  if (told.object_kind !== 'message') return {}
  const m = told.object_id
  return message?.root_id && !message.also ? { thread: message.root_id, m } : { m }
}

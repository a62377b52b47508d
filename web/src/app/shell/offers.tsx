import { MessagesSquare } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useAll, useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import type { Channel, Group, User } from '@/api/types'
import { useAcquaintances } from '@/features/channels/acquaintances'
import { useBrowse } from '@/features/channels/api'
import { ChannelIcon } from '@/features/channels/ChannelIcon'
import {
  isConversation,
  openConversation,
  othersOf,
  talkName,
} from '@/features/channels/conversations'
import { visitsHere } from '@/features/channels/recent'
import { isBold } from '@/features/channels/unread'
import { Avatar } from '@/ui/Avatar'
import { CountBadge, UnreadDot } from '@/ui/Badge'
import type { Candidate } from '@/ui/ranking'
import { t } from '@/ui/text'
import { type Command, useCommands } from './commands'
import { useHere } from './here'
import { useWays, type Ways } from './ways'

/** One line of the palette. */
export interface Offer extends Candidate {
  key: string
  icon: ReactNode
  /** Where it is, quieter. */
  note: string
  sign?: ReactNode
  keys?: string | undefined
  run: () => void
}

const everyChannel = (all: readonly Channel[]) => all
const everyGroup = (all: readonly Group[]) => all

/** Everywhere one can go, and everything one can do from here. */
export function useOffers(): { go: Offer[]; todo: Offer[] } {
  const channels = useAll('channel', everyChannel)
  const groups = useAll('group', everyGroup)
  const { channelId, groupId } = useHere()
  const here = useEntity('group', groupId)
  const beyond = useBrowse(groupId ?? '', groupId !== null).data
  const commands = useCommands()
  const { people } = useAcquaintances()
  const me = useSession().me?.id ?? ''
  const ways = useWays()
  return useMemo(() => {
    const open = channels.filter((one) => one.followed && one.id !== channelId)
    const [talks, followed] = [open.filter(isConversation), open.filter((one) => one.group_id)]
    // Who has a conversation of two with me stands there already.
    const alone = new Set(talks.flatMap((one) => (one.people?.length === 2 ? one.people : [])))
    const strangers = people.filter(({ id }) => !alone.has(id))
    const known = new Set(channels.map(({ id }) => id))
    const others = (beyond ?? []).filter(({ id, followed: mine }) => !mine && !known.has(id))
    const names = new Map(groups.map(({ id, name }) => [id, name]))
    const go = [
      ...followed.map((one) => channelOffer(one, names.get(one.group_id ?? '') ?? '', ways)),
      ...talks.map((one) => talkOffer(one, me, people, ways)),
      ...strangers.map((user) => personOffer(user, ways)),
      ...others.map((one) => ({
        ...channelOffer(one, t('shell.palette.unfollowed', { name: here?.name ?? '' }), ways),
        wanted: false,
      })),
      ...groups.filter(({ id }) => id !== groupId).map((group) => groupOffer(group, ways)),
    ]
    return { go, todo: commands.filter(({ keysOnly }) => !keysOnly).map(commandOffer) }
  }, [channels, groups, channelId, groupId, here, beyond, commands, people, me, ways])
}

function channelOffer(channel: Channel, note: string, ways: Ways): Offer {
  const bold = isBold(channel)
  return {
    key: `channel:${channel.id}`,
    icon: <ChannelIcon channel={channel} />,
    text: channel.name,
    note,
    seen: visitsHere()[channel.id],
    wanted: bold || channel.mentions > 0,
    sign: signOf(channel.mentions, bold),
    run: () => ways.channel(channel.id),
  }
}

function talkOffer(channel: Channel, me: string, people: readonly User[], ways: Ways): Offer {
  const ids = othersOf(channel, me)
  const others = people.filter(({ id }) => ids.includes(id))
  const [first] = others
  return {
    ...channelOffer(channel, t('channels.talk'), ways),
    text: ids.length > 0 && !first ? t('channels.talk') : talkName(others),
    ...(first && ids.length === 1 ? { alias: t('channels.talk.with', { name: first.name }) } : {}),
    icon: first ? <Avatar person={first} size={20} /> : <MessagesSquare size={18} aria-hidden />,
  }
}

function personOffer(user: User, ways: Ways): Offer {
  const write = async () => {
    const channel = await openConversation([user.id])
    if (channel) ways.channel(channel.id)
  }
  return {
    key: `person:${user.id}`,
    icon: <Avatar person={user} size={20} />,
    text: t('channels.talk.with', { name: user.name }),
    note: user.title,
    run: () => void write(),
  }
}

function signOf(mentions: number, bold: boolean): ReactNode {
  if (mentions > 0) {
    return <CountBadge small count={mentions} label={t('channels.mentions', { count: mentions })} />
  }
  return bold && <UnreadDot label={t('channels.unread')} />
}

function groupOffer(group: Group, ways: Ways): Offer {
  return {
    key: `group:${group.id}`,
    icon: (
      <span className="h-[1.125rem] w-[0.9375rem] rounded-[8px_8px_3px_3px] border-[1.75px] border-current border-b-[3px]" />
    ),
    text: group.name,
    note: t('shell.palette.group'),
    run: () => ways.group(group.id),
  }
}

function commandOffer({ id, text, icon: Icon, keys, run }: Command): Offer {
  return { key: `do:${id}`, icon: <Icon size={18} aria-hidden />, text, note: '', keys, run }
}

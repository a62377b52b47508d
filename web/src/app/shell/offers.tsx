import { type ReactNode, useMemo } from 'react'
import { useAll, useEntity } from '@/api/entities'
import type { Channel, Group } from '@/api/types'
import { useBrowse } from '@/features/channels/api'
import { ChannelIcon } from '@/features/channels/ChannelIcon'
import { visitsHere } from '@/features/channels/recent'
import { isBold } from '@/features/channels/unread'
import { CountBadge, UnreadDot } from '@/ui/Badge'
import { t } from '@/ui/text'
import { type Command, useCommands } from './commands'
import { useHere } from './here'
import type { Candidate } from './ranking'
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
  const ways = useWays()
  return useMemo(() => {
    const followed = channels.filter((one) => one.followed && one.id !== channelId)
    const known = new Set(channels.map(({ id }) => id))
    const others = (beyond ?? []).filter(({ id, followed: mine }) => !mine && !known.has(id))
    const names = new Map(groups.map(({ id, name }) => [id, name]))
    const go = [
      ...followed.map((one) => channelOffer(one, names.get(one.group_id ?? '') ?? '', ways)),
      ...others.map((one) => ({
        ...channelOffer(one, t('shell.palette.unfollowed', { name: here?.name ?? '' }), ways),
        wanted: false,
      })),
      ...groups.filter(({ id }) => id !== groupId).map((group) => groupOffer(group, ways)),
    ]
    return { go, todo: commands.filter(({ keysOnly }) => !keysOnly).map(commandOffer) }
  }, [channels, groups, channelId, groupId, here, beyond, commands, ways])
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

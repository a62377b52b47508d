import { MessagesSquare } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useAll } from '@/api/entities'
import { useSession } from '@/api/session'
import type { Channel, Group, Listed, User } from '@/api/types'
import { useAcquaintances } from '@/features/channels/acquaintances'
import { useBrowse } from '@/features/channels/api'
import { ChannelIcon } from '@/features/channels/ChannelIcon'
import { isConversation, othersOf, talkName } from '@/features/channels/conversations'
import { visitsHere } from '@/features/channels/recent'
import { Avatar } from '@/ui/Avatar'
import type { Candidate } from '@/ui/ranking'
import { t } from '@/ui/text'

/** Where a message can be passed on to: a place, or a person there is no conversation with yet. */
export interface Target extends Candidate {
  key: string
  icon: ReactNode
  note: string
  to: { channelId: string } | { userId: string }
}

const every = <T,>(all: readonly T[]) => all

/** Every place and person I may write to but the place it comes from; of its group also the places
 * I do not follow. */
export function useTargets(
  from: string,
  groupId: string | null,
): { targets: Target[]; pending: boolean } {
  const channels = useAll<'channel', readonly Channel[]>('channel', every)
  const groups = useAll<'group', readonly Group[]>('group', every)
  const beyond = useBrowse(groupId ?? '', groupId !== null).data
  const { people, pending } = useAcquaintances()
  const me = useSession().me?.id ?? ''
  const targets = useMemo(() => {
    const known = new Set(channels.map(({ id }) => id))
    const others = (beyond ?? []).filter(({ id }) => !known.has(id))
    const open = [...channels, ...others].filter(
      (one) => one.id !== from && one.permissions.includes('post') && !one.archived,
    )
    const [talks, places] = [open.filter(isConversation), open.filter((one) => one.group_id)]
    // Who has a conversation of two with me stands there already, or it comes from there.
    const two = channels.filter((one) => isConversation(one) && one.people?.length === 2)
    const alone = new Set(two.flatMap((one) => one.people ?? []))
    const names = new Map(groups.map(({ id, name }) => [id, name]))
    return [
      ...places.map((one) => placeTarget(one, names.get(one.group_id ?? '') ?? '')),
      ...talks.map((one) => talkTarget(one, me, people)),
      ...people.filter(({ id }) => !alone.has(id)).map(personTarget),
    ]
  }, [channels, groups, beyond, people, me, from])
  return { targets, pending }
}

function placeTarget(channel: Channel | Listed, note: string): Target {
  return {
    key: channel.id,
    icon: <ChannelIcon channel={channel} />,
    text: channel.name,
    note,
    seen: visitsHere()[channel.id],
    to: { channelId: channel.id },
  }
}

function talkTarget(channel: Channel, me: string, people: readonly User[]): Target {
  const ids = othersOf(channel, me)
  const others = people.filter(({ id }) => ids.includes(id))
  const [first] = others
  return {
    ...placeTarget(channel, ids.length > 1 ? t('channels.talk') : (first?.title ?? '')),
    icon: first ? <Avatar person={first} size={20} /> : <MessagesSquare size={18} aria-hidden />,
    text: ids.length > 0 && !first ? t('channels.talk') : talkName(others),
  }
}

function personTarget(user: User): Target {
  return {
    key: user.id,
    icon: <Avatar person={user} size={20} />,
    text: user.name,
    note: user.title,
    to: { userId: user.id },
  }
}

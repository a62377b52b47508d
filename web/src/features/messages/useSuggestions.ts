import { useMemo } from 'react'
import { entities, useAll } from '@/api/entities'
import { newest } from '@/api/segments'
import { useSession } from '@/api/session'
import type { Channel, Group, Role, User } from '@/api/types'
import { useBrowse } from '@/features/channels/api'
import { visitsHere } from '@/features/channels/recent'
import { useRoles } from '@/features/groups/api'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import type { Query, Suggestion } from './completion'
import { timelineOf } from './timeline'
import { useAround } from './useAround'

const NOBODY: readonly Suggestion[] = []
const everyChannel = (all: readonly Channel[]) => all
const everyGroup = (all: readonly Group[]) => all

/** What can be named in a place with this sign; nothing is asked for before it is needed. */
export function useSuggestions(
  channelId: string,
  line: string,
  sign: Query['sign'] | null,
): readonly Suggestion[] {
  const calls = useCallable(channelId, line, sign === '@')
  const places = useNameable(channelId, sign === '#')
  return sign === '@' ? calls : sign === '#' ? places : NOBODY
}

function useCallable(channelId: string, line: string, wanted: boolean): readonly Suggestion[] {
  const channel = entities.get('channel', channelId)
  const { me } = useSession()
  const { readers, others } = useAround(channel, wanted)
  const groupId = channel?.group_id ?? ''
  const roles = useRoles(groupId, wanted && groupId !== '').data
  return useMemo(() => {
    if (!wanted || !channel) return NOBODY
    const spoke = lastWords(channelId, line)
    const known = ({ id, active }: User) => active && id !== me?.id
    return [
      ...readers.filter(known).map((user) => person(user, spoke.get(user.id))),
      ...others.filter(known).map((user) => ({
        ...person(user),
        note: t('messages.call.outside'),
        beside: true,
      })),
      ...(channel.group_id ? everyone(channel) : []),
      ...(roles ?? []).filter(isSome).map(asSuggestion),
    ]
  }, [wanted, channel, channelId, line, me, readers, others, roles])
}

/** When each person last said something here, as far as it is loaded. */
function lastWords(...lines: string[]): Map<string, number> {
  const spoke = new Map<string, number>()
  for (const line of new Set(lines)) {
    for (const { id, position } of newest(timelineOf(line).segments)?.entries ?? []) {
      const author = entities.get('message', id)?.author_id
      if (author) spoke.set(author, Math.max(position / 1000, spoke.get(author) ?? 0))
    }
  }
  return spoke
}

function person(user: User, seen?: number): Suggestion {
  const name = plainName(user.name)
  return {
    ...{ key: user.id, kind: 'person', text: name, note: user.title, seen, user },
    ...{ insert: `@${name}`, address: `user:${user.id}` },
  }
}

function everyone(channel: Channel): Suggestion[] {
  const may = channel.permissions.includes('mention_all')
  const words = { channel: t('messages.call.channel'), here: t('messages.call.here') }
  return Object.entries(words).map(([word, note]) => ({
    ...{ key: word, kind: 'everyone', text: word, insert: `@${word}`, address: null },
    note: may ? note : t('messages.call.mayNot'),
    beside: !may,
  }))
}

/** A role of everybody is `@channel` by another name. */
const isSome = ({ kind }: Role) => kind !== 'member' && kind !== 'guest'

function asSuggestion({ id, name }: Role): Suggestion {
  const plain = plainName(name)
  return {
    ...{ key: id, kind: 'role', text: plain, note: t('messages.call.role') },
    ...{ insert: `@${plain}`, address: `role:${id}` },
  }
}

function useNameable(channelId: string, wanted: boolean): readonly Suggestion[] {
  const channels = useAll('channel', everyChannel)
  const groups = useAll('group', everyGroup)
  const groupId = entities.get('channel', channelId)?.group_id ?? null
  const beyond = useBrowse(groupId ?? '', wanted && groupId !== null).data
  return useMemo(() => {
    if (!wanted) return NOBODY
    const names = new Map(groups.map(({ id, name }) => [id, name]))
    const visits = visitsHere()
    const all = new Map([...(beyond ?? []), ...channels].map((one) => [one.id, one]))
    return [...all.values()].flatMap((channel) => {
      if (!channel.group_id) return []
      const name = plainName(channel.name)
      return {
        ...{ key: channel.id, kind: 'channel' as const, text: name, channel },
        ...{ insert: `#${name}`, address: `channel:${channel.id}` },
        note: channel.group_id === groupId ? '' : (names.get(channel.group_id) ?? ''),
        // Where one is one hardly means.
        seen: channel.id === channelId ? undefined : visits[channel.id],
        wanted: channel.group_id === groupId,
      }
    })
  }, [wanted, channelId, channels, groups, groupId, beyond])
}

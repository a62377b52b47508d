import { api, unwrap } from '@/api/client'
import { usePersons } from '@/api/people'
import { useSession } from '@/api/session'
import type { Channel, User } from '@/api/types'
import { complain } from '@/features/groups/complain'
import { t } from '@/ui/text'
import { takeChannel } from './api'

/** How many others fit in one conversation. */
export const MOST_OTHERS = 9

type Talk = Pick<Channel, 'group_id' | 'people'>

/** A conversation belongs to the people in it and to no group. */
export function isConversation(channel: Pick<Channel, 'group_id'>): boolean {
  return channel.group_id === null
}

/** Everybody in a conversation but me. */
export function othersOf({ people }: Talk, me: string): string[] {
  return (people ?? []).filter((id) => id !== me)
}

/** What a conversation is called: whom one talks with, or that one talks to oneself. */
export function talkName(others: readonly Pick<User, 'name'>[]): string {
  const [first, second, third] = others
  if (!first) return t('channels.talk.self')
  if (!second) return first.name
  const names = { first: short(first.name), second: short(second.name) }
  if (!third) return t('channels.talk.two', names)
  if (others.length === 3) return t('channels.talk.three', { ...names, third: short(third.name) })
  return t('channels.talk.more', { ...names, count: others.length - 2 })
}

/** The conversations of the list, the newest talk first; the open one even when it is closed. */
export function conversationsOf(channels: readonly Channel[], openId: string | null): Channel[] {
  return channels
    .filter((one) => isConversation(one) && (one.followed || one.id === openId))
    .sort((a, b) => b.last_position - a.last_position || (a.id < b.id ? 1 : -1))
}

/** The others of a conversation as far as they are known, and what it is called. */
export function useTalk(channel: Talk): { others: User[]; known: boolean; name: string } {
  const { me } = useSession()
  const ids = othersOf(channel, me?.id ?? '')
  const others = usePersons(ids)
  const known = ids.length === 0 || others.length === ids.length
  return { others, known, name: known ? talkName(others) : t('channels.talk') }
}

/** The conversation with these people, made if there is none yet; null when that is refused. */
export async function openConversation(userIds: string[]): Promise<Channel | null> {
  try {
    return takeChannel(
      await unwrap(api.POST('/api/conversations', { body: { user_ids: userIds } })),
    )
  } catch (error) {
    complain(error)
    return null
  }
}

function short(name: string): string {
  return name.split(' ')[0] ?? name
}

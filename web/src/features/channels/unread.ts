import { entities } from '@/api/entities'
import type { Channel, Group } from '@/api/types'

/** What a group or the whole rail has for me. */
export interface Tally {
  /** Something is new that does not need me. */
  unread: boolean
  mentions: number
}

/** How much one wants to hear of a place. */
export type Level = NonNullable<Channel['level']>

/** What decides how much one hears of a channel. */
export type Hears = Pick<Channel, 'group_id' | 'followed' | 'level' | 'muted_until'>
type Seen = Hears & Pick<Channel, 'last_position' | 'read_position' | 'mentions'>
type Around = Pick<Group, 'level' | 'muted_until'> | undefined

/** What one hears of a channel: as chosen for it, else for its group, else mentions. */
export function levelOf(channel: Hears, group: Around = groupOf(channel)): Level {
  return channel.level ?? group?.level ?? 'mentions'
}

/** Muted: dimmed and never bold, though somebody may still call for me. */
export function isMuted(
  channel: Hears,
  group: Around = groupOf(channel),
  now = Date.now(),
): boolean {
  if (!channel.followed) return false
  const lasts = (until: string | null | undefined) => until != null && Date.parse(until) > now
  if (lasts(channel.muted_until) || lasts(group?.muted_until)) return true
  return levelOf(channel, group) === 'nothing'
}

function groupOf({ group_id }: Hears): Around {
  return group_id ? entities.get('group', group_id) : undefined
}

/** Whether the channel is bold: followed, not muted, and something was said since I looked. */
export function isBold(channel: Seen): boolean {
  return channel.followed && !isMuted(channel) && channel.last_position > channel.read_position
}

/** What needs me over several channels. */
export function tally(channels: readonly Seen[]): Tally {
  const mentions = channels.reduce((sum, channel) => sum + channel.mentions, 0)
  return { mentions, unread: channels.some(isBold) }
}

/** The same per group. */
export function tallies(channels: readonly Channel[]): ReadonlyMap<string, Tally> {
  const byGroup = Map.groupBy(
    channels.filter(({ group_id }) => group_id !== null),
    ({ group_id }) => group_id ?? '',
  )
  return new Map([...byGroup].map(([groupId, own]) => [groupId, tally(own)]))
}

/** The next channel in this direction; the ends stay where they are. */
export function neighbour<T extends { id: string }>(
  order: readonly T[],
  current: string | null,
  step: 1 | -1,
): T | null {
  const at = order.findIndex(({ id }) => id === current)
  if (at < 0) return (step > 0 ? order[0] : order.at(-1)) ?? null
  return order[at + step] ?? null
}

/** The next channel with something new, once around the whole house; mentions count as well. */
export function nextUnread<T extends Seen & Pick<Channel, 'id'>>(
  order: readonly T[],
  current: string | null,
  step: 1 | -1,
): T | null {
  const at = order.findIndex(({ id }) => id === current)
  const start = at < 0 ? (step > 0 ? -1 : order.length) : at
  for (let walked = 1; walked <= order.length; walked += 1) {
    const index = (start + step * walked + order.length * 2) % order.length
    const channel = order[index]
    if (channel && channel.id !== current && (isBold(channel) || channel.mentions > 0)) {
      return channel
    }
  }
  return null
}

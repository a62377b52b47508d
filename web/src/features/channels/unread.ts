import type { Channel } from '@/api/types'

/** What a group or the whole rail has for me. */
export interface Tally {
  /** Something is new that does not need me. */
  unread: boolean
  mentions: number
}

type Seen = Pick<Channel, 'last_position' | 'read_position' | 'level' | 'mentions'>

/** Muted: dimmed and never bold, though somebody may still call for me. */
export function isMuted(channel: Pick<Channel, 'level' | 'followed'>): boolean {
  return channel.followed && channel.level === 'nothing'
}

/** Whether the channel is bold: followed, not muted, and something was said since I looked. */
export function isBold(channel: Seen & Pick<Channel, 'followed'>): boolean {
  return channel.followed && !isMuted(channel) && channel.last_position > channel.read_position
}

/** What needs me over several channels. */
export function tally(channels: readonly (Seen & Pick<Channel, 'followed'>)[]): Tally {
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
export function nextUnread<T extends Seen & Pick<Channel, 'id' | 'followed'>>(
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

import { useEffect } from 'react'
import { entities, useEntity } from '@/api/entities'
import { putMark } from '@/api/marks'
import type { Channel } from '@/api/types'

const REST_MS = 500

// Channels that were marked unread on purpose: looking at them must not mark them read again.
const keptUnread = new Set<string>()

/** Has this channel something its reader has not seen? */
export function isUnread(channel: Pick<Channel, 'last_position' | 'read_position'>): boolean {
  return channel.last_position > channel.read_position
}

/** Was this channel marked unread on purpose, and not left since? */
export function isKeptUnread(channelId: string): boolean {
  return keptUnread.has(channelId)
}

/** Marks everything in a channel read, here at once and on the other devices soon. */
export function markRead(channelId: string): void {
  keptUnread.delete(channelId)
  const channel = entities.get('channel', channelId)
  if (!channel || (!isUnread(channel) && channel.mentions === 0)) return
  const position = channel.last_position
  entities.patch('channel', channelId, { read_position: position, mentions: 0 })
  void putMark(channelId, { position })
}

/** Marks every followed channel read. */
export function markAllRead(): void {
  for (const channel of entities.all('channel')) if (channel.followed) markRead(channel.id)
}

/** Makes a message and all after it unread, until the channel is left or something is sent. */
export function markUnreadFrom(channelId: string, position: number): void {
  keptUnread.add(channelId)
  const before = position - 1
  entities.patch('channel', channelId, { read_position: before })
  void putMark(channelId, { position: before, back: true })
}

/** Ends "keep unread", when one has answered or left. */
function readAgain(channelId: string): void {
  keptUnread.delete(channelId)
}

/** Another device moved the mark. */
export function markMoved(channelId: string, position: number, back: boolean): void {
  const channel = entities.get('channel', channelId)
  if (!channel) return
  const read_position = back ? position : Math.max(channel.read_position, position)
  const read = read_position >= channel.last_position
  entities.patch('channel', channelId, { read_position, ...(read ? { mentions: 0 } : {}) })
}

/** While the newest message is in view and the window has the focus, the channel becomes read. */
export function useReading(channelId: string, watching: boolean): void {
  const channel = useEntity('channel', channelId)
  // A number that came late, when the words it is about were read already, goes the same way.
  const unread = channel !== undefined && (isUnread(channel) || channel.mentions > 0)
  useEffect(() => {
    if (!watching || !unread || keptUnread.has(channelId)) return
    const timer = setTimeout(() => markRead(channelId), REST_MS)
    return () => clearTimeout(timer)
  }, [channelId, watching, unread])
  useEffect(() => () => readAgain(channelId), [channelId])
}

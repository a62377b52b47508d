import { useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { entities, useEntity } from '@/api/entities'
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
  void put(channelId, { position })
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
  void put(channelId, { position: before, back: true })
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

const underWay = new Map<string, Promise<unknown>>()

/** One after the other: "unread from here" must not be overtaken by the reading before it. */
async function put(channelId: string, body: { position: number; back?: boolean }): Promise<void> {
  const path = { channel_id: channelId }
  const earlier = underWay.get(channelId)
  const sent = (async () => {
    if (earlier) await earlier
    // A mark that is lost is set again by the next one; nobody waits for it.
    await unwrap(api.PUT('/api/channels/{channel_id}/read', { params: { path }, body })).catch(
      () => undefined,
    )
  })()
  underWay.set(channelId, sent)
  await sent
  if (underWay.get(channelId) === sent) underWay.delete(channelId)
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

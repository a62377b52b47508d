import { entities } from '@/api/entities'
import { takeHead } from '@/api/places'
import { type Edge, holding, newest, type Segment } from '@/api/segments'
import type { Message, MessagePage } from '@/api/types'

/** Which part of a line is on screen: the present, or the surroundings of a message or time. */
export type Focus = { at: 'end' } | { at: 'message'; id: string } | { at: 'time'; position: number }

/** The name of a line of messages: a place's own talk, or one of the threads in it. */
export function lineOf(channelId: string, threadId?: string | null): string {
  return threadId ? `${channelId}/${threadId}` : channelId
}

/** The place a line is in. */
export function placeOf(line: string): string {
  return line.split('/')[0] as string
}

/** The thread a line is, if it is one. */
export function threadOf(line: string): string | null {
  return line.split('/')[1] ?? null
}

/** Said in a thread only: the place's own talk does not show it. */
export function isReply(message: Pick<Message, 'thread_id' | 'also'>): boolean {
  return Boolean(message.thread_id) && !message.also
}

/** The lines a message stands in. */
export function linesOf(message: Pick<Message, 'channel_id' | 'thread_id' | 'also'>): string[] {
  const { channel_id, thread_id } = message
  return [
    ...(isReply(message) ? [] : [channel_id]),
    ...(thread_id ? [lineOf(channel_id, thread_id)] : []),
  ]
}

/** The loaded stretch that shows a focus. */
export function segmentAt(segments: readonly Segment[], focus: Focus): Segment | undefined {
  if (focus.at === 'end') return newest(segments)
  if (focus.at === 'message') return holding(segments, focus.id)
  return segments.find(({ entries, before, after }) => {
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last) return false
    const starts = before === null || first.position <= focus.position
    return starts && (after === null || focus.position <= last.position)
  })
}

/** Puts what a page brought in the store and says which stretch it is. */
export function takePage(page: MessagePage): Segment {
  const rows = page.messages.filter(listable)
  for (const message of rows) entities.put('message', message, page.head)
  for (const thread of page.threads) entities.put('thread', thread, page.head)
  // What was said while the place was being opened comes by the page alone.
  const last = rows.findLast((message) => !isReply(message))
  if (last) takeHead(last.channel_id, { seq: page.head, position: last.position })
  const entries = rows.map(({ id, position }) => ({ id, position }))
  return { entries, before: page.before as Edge, after: page.after as Edge }
}

/** Enough to have a place in the list; whether the rest can be shown is the row's business. */
export function listable(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null) return false
  const { id, position } = message as Partial<Message>
  return typeof id === 'string' && Number.isFinite(position)
}

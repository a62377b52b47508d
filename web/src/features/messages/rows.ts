import type { Unsent } from '@/api/outbox'
import type { Entry } from '@/api/segments'
import type { Message } from '@/api/types'
import { dayOf } from '@/ui/days'

const GROUPED_MS = 5 * 60_000

/** One row of the list. A message keeps its key from the moment it is sent. */
export interface Row {
  key: string
  /** The stored message, or null for one on its way. */
  id: string | null
  unsent: Unsent | null
  /** Shows author and picture; the others follow up. */
  first: boolean
  /** The day that begins here, as an ISO date. */
  day: string | null
  /** The "New" line stands above. */
  fresh: boolean
  /** The replies begin here: the root stands above. */
  replies?: boolean
}

interface Talk {
  key: string
  author: string
  at: number
  calm: boolean
}

/** What rows are made of. */
export interface RowSource {
  entries: readonly Entry[]
  message(id: string): Message | undefined
  /** Messages on their way, shown only where the list touches the present. */
  unsent: readonly Unsent[]
  me: string
  /** Everything after this was unread when the channel was opened; null shows no line. */
  unreadAfter: number | null
  /** Nothing older can be loaded. */
  whole: boolean
  /** A thread begins with its root, wherever what is loaded of it begins. */
  root?: Entry | undefined
}

/** Lays out a stretch of messages and what is on its way behind it. */
export function makeRows(source: RowSource): Row[] {
  const rows: Row[] = []
  const seen = new Set<string>()
  let previous: Talk | null = null
  // Where the unread part begins further up than what is loaded, no row here is the first of it.
  const oldest = source.entries[0]?.position ?? 0
  let marked = source.unreadAfter === null || !(source.whole || oldest <= source.unreadAfter)
  if (source.root) {
    const talk = talkOf(source.root, source.message(source.root.id))
    rows.push({ ...rowOf({ id: source.root.id, unsent: null }, talk, null, false), day: null })
  }
  for (const entry of source.entries) {
    const message = source.message(entry.id)
    const talk = talkOf(entry, message)
    const news = !marked && entry.position > (source.unreadAfter ?? 0) && talk.author !== source.me
    marked ||= news
    seen.add(talk.key)
    const row = rowOf({ id: entry.id, unsent: null }, talk, previous, news)
    // What stands above the first row is not known yet: a day shown here would often go again,
    // and with it the place of what one reads.
    if (previous === null && !source.whole) row.day = null
    rows.push(row)
    previous = talk
  }
  for (const unsent of source.unsent) {
    // Stored and still in the outbox for a moment: one row, under the same key.
    if (seen.has(unsent.client_id)) continue
    const at = Date.parse(unsent.created_at)
    const talk: Talk = { key: unsent.client_id, author: source.me, at, calm: true }
    rows.push(rowOf({ id: null, unsent }, talk, previous, false))
    previous = talk
  }
  const reply = source.root && rows[1]
  if (reply) rows[1] = { ...reply, first: true, day: null, replies: true }
  return rows
}

function talkOf(entry: Entry, message: Message | undefined): Talk {
  return {
    key: message?.client_id || entry.id,
    author: message?.author_id ?? '',
    at: entry.position / 1000,
    calm: message !== undefined && !message.deleted,
  }
}

function rowOf(
  subject: Pick<Row, 'id' | 'unsent'>,
  talk: Talk,
  previous: Talk | null,
  fresh: boolean,
): Row {
  const date = dayOf(talk.at)
  const day = previous === null || dayOf(previous.at) !== date ? date : null
  const follows =
    previous !== null &&
    day === null &&
    !fresh &&
    previous.calm &&
    talk.calm &&
    previous.author === talk.author &&
    Math.abs(talk.at - previous.at) < GROUPED_MS
  return { ...subject, key: talk.key, first: !follows, day, fresh }
}

/** How many messages of others stand after a position: what the jump button counts. */
export function countNew(
  source: Pick<RowSource, 'entries' | 'message' | 'me'>,
  after: number,
): number {
  return source.entries.filter(
    (entry) => entry.position > after && source.message(entry.id)?.author_id !== source.me,
  ).length
}

import { ApiError } from '@/api/client'
import { streams, visit } from '@/api/connection'
import { device } from '@/api/device'
import { entities } from '@/api/entities'
import { peopleVersion, takePeople } from '@/api/people'
import {
  append,
  type Edge,
  extend,
  holding,
  newest,
  place,
  type Segment,
  trim,
} from '@/api/segments'
import { Topics, useTopic } from '@/api/store'
import type { Message, User } from '@/api/types'
import { fetchPage, type PageQuery } from './api'
import {
  type Focus,
  isReply,
  linesOf,
  listable,
  placeOf,
  segmentAt,
  takePage,
  threadOf,
} from './lines'

/** What a list needs to draw a part of a channel. Replaced whole when anything of it changes. */
export interface Timeline {
  segments: readonly Segment[]
  busy: ReadonlySet<string>
  problem: ApiError | null
}

interface KeptPage {
  channel: string
  epoch: string | null
  head: number
  messages: Message[]
  users: User[]
  /** Nothing stands before these rows. */
  whole?: boolean
}

const EMPTY: Timeline = { segments: [], busy: new Set(), problem: null }
const MOST_ROWS = 800
const MOST_LINES = 24
const KEPT_ROWS = 50
const KEEP_AFTER_MS = 2000

const topics = new Topics()
const lines = new Map<string, Timeline>()
const saves = new Map<string, ReturnType<typeof setTimeout>>()

/** The timeline of a channel, re-rendering when it changes. */
export function useTimeline(line: string): Timeline {
  return useTopic(topics, line, () => lines.get(line) ?? EMPTY)
}

/** The timeline as it is. */
export function timelineOf(line: string): Timeline {
  return lines.get(line) ?? EMPTY
}

function update(line: string, change: Partial<Timeline>): void {
  lines.set(line, { ...timelineOf(line), ...change })
  topics.emit(line)
}

function busy(line: string, name: string, on: boolean): void {
  const set = new Set(timelineOf(line).busy)
  if (on) set.add(name)
  else set.delete(name)
  update(line, { busy: set })
}

/** Shows a part of a channel: from memory, else from the device, else from the server. */
export async function show(line: string, focus: Focus): Promise<void> {
  visit(placeOf(line))
  recent(line)
  if (segmentAt(timelineOf(line).segments, focus)) return
  if (focus.at === 'end' && !threadOf(line) && (await restore(line))) return
  const query: PageQuery =
    focus.at === 'message'
      ? { around: focus.id }
      : focus.at === 'time'
        ? { around_position: focus.position }
        : {}
  await load(line, 'page', query, (segments, page) => place(segments, page))
}

/** Loads further on one side of a stretch. */
export async function more(
  line: string,
  segment: Segment,
  side: 'before' | 'after',
): Promise<void> {
  const edge = segment[side]
  if (edge === null || timelineOf(line).busy.has(side)) return
  const query: PageQuery = typeof edge === 'string' ? { [side]: edge } : edge
  await load(line, side, query, (segments, page) => {
    // Events may have replaced the stretch meanwhile; what it begins or ends with is still there.
    const edgeId = (side === 'before' ? segment.entries[0] : segment.entries.at(-1))?.id
    const current = edgeId === undefined ? undefined : holding(segments, edgeId)
    if (!current || typeof edge !== 'string') return place(segments, page)
    return extend(segments, current, side, page)
  })
  bound(line, side)
}

async function load(
  line: string,
  name: string,
  query: PageQuery,
  merge: (segments: readonly Segment[], page: Segment) => Segment[],
): Promise<void> {
  if (timelineOf(line).busy.has(name)) return
  update(line, { problem: null })
  busy(line, name, true)
  const stream = placeOf(line)
  const release = streams.hold(stream)
  const people = peopleVersion()
  try {
    const page = await fetchPage(line, query)
    takePeople(page.users, people)
    const segment = takePage(page)
    follow(stream, page.head)
    update(line, { segments: merge(timelineOf(line).segments, segment), problem: null })
    if (!threadOf(line)) keepSoon(line)
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem
    update(line, { problem })
  } finally {
    busy(line, name, false)
    release()
  }
}

/** Follows a stream from a page on. The page of a thread may have begun further on: then back. */
function follow(stream: string, head: number): void {
  const held = streams.seq(stream)
  if (held !== undefined && held > head) streams.forget(stream)
  streams.begin(stream, head)
  if (held !== undefined && held > head) streams.catchUp(stream)
}

/** A message was posted: the present of its lines takes it. */
export function arrived(message: Message, seq: number): void {
  if (!listable(message)) return
  entities.put('message', message, seq)
  for (const line of linesOf(message)) {
    const timeline = lines.get(line)
    if (timeline) update(line, { segments: append(timeline.segments, message) })
    else if (threadOf(line) && !known(message.thread_id)) begun(line, message)
  }
  if (!isReply(message)) keepSoon(message.channel_id)
}

const known = (threadId: string | null) => entities.all('thread').some(({ id }) => id === threadId)

/** The first reply is there before its thread is: it is shown while the thread loads. */
function begun(line: string, { id, position }: Message): void {
  const entries = [{ id, position }]
  update(line, { segments: [{ entries, before: { around: id }, after: null }] })
}

/** A message changed; one that is on no list is not kept. */
export function changed(message: Message, seq: number): void {
  if (!listable(message) || !entities.get('message', message.id)) return
  entities.put('message', message, seq)
  // A deleted message ends a run of one author: the rows around it are laid out again.
  for (const line of linesOf(message)) {
    const timeline = lines.get(line)
    const around = timeline && holding(timeline.segments, message.id)
    if (!timeline || !around) continue
    update(line, { segments: timeline.segments.map((one) => (one === around ? { ...one } : one)) })
  }
  if (!isReply(message)) keepSoon(message.channel_id)
}

/** Too much was missed: what is loaded may be wrong. The list on screen loads again by itself. */
export function reset(channelId: string): void {
  for (const line of [...lines.keys()].filter((one) => placeOf(one) === channelId)) {
    forget(line)
    topics.emit(line)
  }
}

/** Drops all timelines: sign-out, or another log. */
export function clear(): void {
  for (const timer of saves.values()) clearTimeout(timer)
  saves.clear()
  lines.clear()
  topics.emitAll()
}

function forget(line: string): void {
  const timeline = lines.get(line)
  lines.delete(line)
  for (const segment of timeline?.segments ?? []) {
    for (const { id } of segment.entries) entities.remove('message', id)
  }
}

/** The lines visited last stay in memory; the one not seen for longest goes, with its threads. */
function recent(line: string): void {
  const timeline = timelineOf(line)
  lines.delete(line)
  lines.set(line, timeline)
  const oldest = lines.keys().next().value
  if (lines.size <= MOST_LINES || oldest === undefined || oldest === placeOf(line)) return
  if (threadOf(oldest)) {
    forget(oldest)
    return
  }
  for (const one of [...lines.keys()].filter((other) => placeOf(other) === oldest)) forget(one)
  streams.forget(oldest)
}

/** Keeps memory bounded: while one reads on to one side, the other side goes. */
function bound(line: string, side: 'before' | 'after'): void {
  const far = side === 'before' ? 'after' : 'before'
  const { segments } = timelineOf(line)
  const trimmed = segments.map((segment) => trim(segment, MOST_ROWS, far))
  if (trimmed.every((segment, index) => segment === segments[index])) return
  const stay = new Set(trimmed.flatMap((segment) => segment.entries.map((entry) => entry.id)))
  update(line, { segments: trimmed })
  for (const { id } of segments.flatMap((segment) => segment.entries)) {
    if (!stay.has(id)) entities.remove('message', id)
  }
}

// Not put off by the next change: a channel in which much is said would never be kept.
function keepSoon(channelId: string): void {
  if (saves.has(channelId)) return
  saves.set(
    channelId,
    setTimeout(() => void keep(channelId), KEEP_AFTER_MS),
  )
}

/** The page may go away now: what was about to be kept is kept at once. */
export function keepNow(): void {
  for (const [channelId, timer] of saves) {
    clearTimeout(timer)
    void keep(channelId)
  }
}

async function keep(channelId: string): Promise<void> {
  saves.delete(channelId)
  const last = newest(timelineOf(channelId).segments)
  const head = streams.seq(channelId)
  if (!last || head === undefined) return
  const rows = last.entries.slice(-KEPT_ROWS)
  const messages = rows.flatMap(({ id }) => entities.get('message', id) ?? [])
  const whole = last.before === null && rows.length === last.entries.length
  const authors = new Set(messages.map((message) => message.author_id))
  const users = [...authors].flatMap((id) => entities.get('user', id) ?? [])
  const about = { channel: channelId, epoch: streams.epoch, head }
  const page: KeptPage = { ...about, messages, users, whole }
  await device
    .shelf('pages')
    .put(channelId, page)
    .catch(() => undefined)
}

/** The newest rows this device kept; the stream then brings what they lack. */
async function restore(channelId: string): Promise<boolean> {
  const page = await device
    .shelf('pages')
    .get<KeptPage>(channelId)
    .catch(() => undefined)
  if (!page || page.epoch !== streams.epoch || page.messages.length === 0) return false
  if (newest(timelineOf(channelId).segments)) return true
  const held = streams.seq(channelId)
  // Events after the copy were applied already: the copy lacks them, and none will bring them.
  if (held !== undefined && held > page.head) return false
  takePeople(page.users, 0)
  for (const message of page.messages) entities.put('message', message, page.head)
  const entries = page.messages.map(({ id, position }) => ({ id, position }))
  const before: Edge = page.whole ? null : { around: (entries[0] as { id: string }).id }
  streams.begin(channelId, page.head)
  const { segments } = timelineOf(channelId)
  update(channelId, { segments: place(segments, { entries, before, after: null }) })
  streams.catchUp(channelId)
  return true
}

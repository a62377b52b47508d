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
import type { Message, MessagePage, User } from '@/api/types'
import { fetchPage, type PageQuery } from './api'

/** Which part of a channel is on screen: the present, or the surroundings of a message or time. */
export type Focus = { at: 'end' } | { at: 'message'; id: string } | { at: 'time'; position: number }

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
const MOST_CHANNELS = 12
const KEPT_ROWS = 50
const KEEP_AFTER_MS = 2000

const topics = new Topics()
const lines = new Map<string, Timeline>()
const saves = new Map<string, ReturnType<typeof setTimeout>>()

/** The timeline of a channel, re-rendering when it changes. */
export function useTimeline(channelId: string): Timeline {
  return useTopic(topics, channelId, () => lines.get(channelId) ?? EMPTY)
}

/** The timeline as it is. */
export function timelineOf(channelId: string): Timeline {
  return lines.get(channelId) ?? EMPTY
}

/** The loaded stretch that shows a focus. */
export function segmentAt(timeline: Timeline, focus: Focus): Segment | undefined {
  if (focus.at === 'end') return newest(timeline.segments)
  if (focus.at === 'message') return holding(timeline.segments, focus.id)
  return timeline.segments.find(({ entries, before, after }) => {
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last) return false
    const starts = before === null || first.position <= focus.position
    return starts && (after === null || focus.position <= last.position)
  })
}

function update(channelId: string, change: Partial<Timeline>): void {
  lines.set(channelId, { ...timelineOf(channelId), ...change })
  topics.emit(channelId)
}

function busy(channelId: string, name: string, on: boolean): void {
  const set = new Set(timelineOf(channelId).busy)
  if (on) set.add(name)
  else set.delete(name)
  update(channelId, { busy: set })
}

/** Shows a part of a channel: from memory, else from the device, else from the server. */
export async function show(channelId: string, focus: Focus): Promise<void> {
  visit(channelId)
  recent(channelId)
  if (segmentAt(timelineOf(channelId), focus)) return
  if (focus.at === 'end' && (await restore(channelId))) return
  const query: PageQuery =
    focus.at === 'message'
      ? { around: focus.id }
      : focus.at === 'time'
        ? { around_position: focus.position }
        : {}
  await load(channelId, 'page', query, (segments, page) => place(segments, page))
}

/** Loads further on one side of a stretch. */
export async function more(
  channelId: string,
  segment: Segment,
  side: 'before' | 'after',
): Promise<void> {
  const edge = segment[side]
  if (edge === null || timelineOf(channelId).busy.has(side)) return
  const query: PageQuery = typeof edge === 'string' ? { [side]: edge } : edge
  await load(channelId, side, query, (segments, page) => {
    // Events may have replaced the stretch meanwhile; what it begins or ends with is still there.
    const edgeId = (side === 'before' ? segment.entries[0] : segment.entries.at(-1))?.id
    const current = edgeId === undefined ? undefined : holding(segments, edgeId)
    if (!current || typeof edge !== 'string') return place(segments, page)
    return extend(segments, current, side, page)
  })
  bound(channelId, side)
}

async function load(
  channelId: string,
  name: string,
  query: PageQuery,
  merge: (segments: readonly Segment[], page: Segment) => Segment[],
): Promise<void> {
  if (timelineOf(channelId).busy.has(name)) return
  update(channelId, { problem: null })
  busy(channelId, name, true)
  const release = streams.hold(channelId)
  const people = peopleVersion()
  try {
    const page = await fetchPage(channelId, query)
    takePeople(page.users, people)
    const segment = takePage(page)
    streams.begin(channelId, page.head)
    update(channelId, { segments: merge(timelineOf(channelId).segments, segment), problem: null })
    keepSoon(channelId)
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem
    update(channelId, { problem })
  } finally {
    busy(channelId, name, false)
    release()
  }
}

function takePage(page: MessagePage): Segment {
  const rows = page.messages.filter(listable)
  for (const message of rows) entities.put('message', message, page.head)
  const entries = rows.map(({ id, position }) => ({ id, position }))
  return { entries, before: page.before as Edge, after: page.after as Edge }
}

/** Enough to have a place in the list; whether the rest can be shown is the row's business. */
function listable(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null) return false
  const { id, position } = message as Partial<Message>
  return typeof id === 'string' && Number.isFinite(position)
}

/** A message was posted: the present takes it. */
export function arrived(message: Message, seq: number): void {
  if (!listable(message)) return
  const channelId = message.channel_id
  entities.put('message', message, seq)
  const timeline = lines.get(channelId)
  if (!timeline) return
  update(channelId, { segments: append(timeline.segments, message) })
  keepSoon(channelId)
}

/** A message changed; one that is on no list is not kept. */
export function changed(message: Message, seq: number): void {
  if (!listable(message) || !entities.get('message', message.id)) return
  entities.put('message', message, seq)
  // A deleted message ends a run of one author: the rows around it are laid out again.
  const timeline = lines.get(message.channel_id)
  const around = timeline && holding(timeline.segments, message.id)
  if (timeline && around) {
    const segments = timeline.segments.map((one) => (one === around ? { ...one } : one))
    update(message.channel_id, { segments })
  }
  keepSoon(message.channel_id)
}

/** Too much was missed: what is loaded may be wrong. The list on screen loads again by itself. */
export function reset(channelId: string): void {
  forget(channelId)
  topics.emit(channelId)
}

/** Drops all timelines: sign-out, or another log. */
export function clear(): void {
  for (const timer of saves.values()) clearTimeout(timer)
  saves.clear()
  lines.clear()
  topics.emitAll()
}

function forget(channelId: string): void {
  const timeline = lines.get(channelId)
  lines.delete(channelId)
  for (const segment of timeline?.segments ?? []) {
    for (const { id } of segment.entries) entities.remove('message', id)
  }
}

/** The channels visited last stay in memory; the one not seen for longest goes. */
function recent(channelId: string): void {
  const timeline = timelineOf(channelId)
  lines.delete(channelId)
  lines.set(channelId, timeline)
  const oldest = lines.keys().next().value
  if (lines.size <= MOST_CHANNELS || oldest === undefined) return
  forget(oldest)
  streams.forget(oldest)
}

/** Keeps memory bounded: while one reads on to one side, the other side goes. */
function bound(channelId: string, side: 'before' | 'after'): void {
  const far = side === 'before' ? 'after' : 'before'
  const { segments } = timelineOf(channelId)
  const trimmed = segments.map((segment) => trim(segment, MOST_ROWS, far))
  if (trimmed.every((segment, index) => segment === segments[index])) return
  const stay = new Set(trimmed.flatMap((segment) => segment.entries.map((entry) => entry.id)))
  update(channelId, { segments: trimmed })
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

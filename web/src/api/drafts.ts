import { ApiError, api, unwrap } from './client'
import { device } from './device'
import { Topics, useTopic } from './store'
import type { EventOf } from './types'

const KEEP_AFTER_MS = 300
const SEND_AFTER_MS = 1000
/** Who rests longer than this while writing is not writing at this moment. */
const IN_HAND_MS = 5000
const AGAIN_AFTER_MS = 10_000

/** What is being written in a place, or in a thread of it (`channel/root`). */
interface Draft {
  channel: string
  text: string
  /** When it was changed here. */
  at: number
  /** What the server has, as far as is known. */
  base: string
  /** The server has not heard of it yet. */
  dirty: boolean
}

const arrivals = new Topics()
const counts = new Map<string, number>()
const drafts = new Map<string, Draft>()
/** Local copies, and the server, hear of a change after a short rest. */
const keeping = new Map<string, ReturnType<typeof setTimeout>>()
const sending = new Map<string, ReturnType<typeof setTimeout>>()
const onTheWay = new Set<string>()
/** When the server last took a draft: an answer that was asked for before may not know it. */
const taken = new Map<string, number>()
/** The drafts under a caret, and what other devices made of them meanwhile. */
const inHand = new Map<string, ReturnType<typeof setTimeout>>()
const waiting = new Map<string, string>()
/** What this page itself told: its echo is no news. */
const told = new Set<string>()
/** Something was not told: what others did meanwhile is looked at first. */
let behind: ReturnType<typeof setTimeout> | undefined

/** Reads the drafts this device keeps for the person who is here. */
export async function loadDrafts(): Promise<void> {
  const rows = await device.shelf('drafts').all<Partial<Draft> & { channel: string }>()
  for (const { channel, text = '', at = 0, base = '', dirty = true } of rows) {
    if (!drafts.has(channel)) drafts.set(channel, { channel, text, at, base, dirty })
  }
}

/** What was being written in a channel, or in a thread. */
export function draftOf(key: string): string {
  return drafts.get(key)?.text ?? ''
}

/** Counts what came from other devices for a draft, so that a field takes it. */
export function useDraftNews(key: string): number {
  return useTopic(arrivals, key, () => counts.get(key) ?? 0)
}

/** Keeps what is being written; this device, and the others, hear of it after a short rest. */
export function keepDraft(key: string, text: string): void {
  if (text === draftOf(key)) return
  waiting.delete(key)
  const base = drafts.get(key)?.base ?? ''
  drafts.set(key, { channel: key, text, at: Date.now(), base, dirty: true })
  later(keeping, key, KEEP_AFTER_MS, save)
  later(sending, key, SEND_AFTER_MS, tell)
}

/** It is being typed at this moment: what comes from elsewhere waits. */
export function holdDraft(key: string): void {
  later(inHand, key, IN_HAND_MS, releaseDraft)
}

/** The field was left, or what it held was sent: the others hear of it now. */
export function releaseDraft(key: string): void {
  rested(inHand, key)
  if (sending.has(key)) void tell(key)
  const text = waiting.get(key)
  waiting.delete(key)
  if (text !== undefined) take(key, text)
}

/** The page may go away now: nothing waits for its short rest. */
export function keepDraftsNow(): void {
  for (const key of [...keeping.keys()]) void save(key)
  for (const key of [...sending.keys()]) void tell(key)
}

/** Forgets all drafts in memory, for a sign-out. */
export function clearDrafts(): void {
  for (const timers of [keeping, sending, inHand]) {
    for (const timer of timers.values()) clearTimeout(timer)
  }
  clearTimeout(behind)
  behind = undefined
  for (const kept of [drafts, keeping, sending, onTheWay, taken, inHand, waiting, told]) {
    kept.clear()
  }
}

/** A draft changed on a device of mine; this one may be it. */
export function draftChanged(event: EventOf<'draft.changed'>): void {
  if (event.cause && told.delete(event.cause)) return
  news(keyOf(event), event.text)
}

/** Compares with what the server has, after a break: the newer of two goes on. */
export async function syncDrafts(): Promise<void> {
  const asked = Date.now()
  clearTimeout(behind)
  const rows = await unwrap(api.GET('/api/drafts')).catch(() => null)
  if (!rows) return again()
  behind = undefined
  const there = new Map(rows.map((row) => [keyOf(row), row]))
  for (const key of new Set([...drafts.keys(), ...there.keys()])) {
    const here = drafts.get(key)
    const { text = '', changed_at } = there.get(key) ?? {}
    // Changed while the answer was on its way: it is told by itself.
    const fresh = (here?.dirty && here.at >= asked) || (taken.get(key) ?? 0) >= asked
    if (fresh || onTheWay.has(key)) continue
    const mine = here?.dirty && (same(here.base, text) || here.at > Date.parse(changed_at ?? ''))
    // Sent or thrown away elsewhere while something was written here: no words are lost.
    if (here?.dirty && (mine || !changed_at)) void tell(key)
    else news(key, text, true)
  }
}

function keyOf({ channel_id, root_id }: { channel_id: string; root_id: string | null }): string {
  return root_id ? `${channel_id}/${root_id}` : channel_id
}

/** The server drops blanks at the end. */
function same(one: string, other: string): boolean {
  return one.trimEnd() === other.trimEnd()
}

function news(key: string, text: string, over = false): void {
  const here = drafts.get(key)
  if (here) here.base = text
  if (here?.dirty && !over) return
  if (same(here?.text ?? '', text)) {
    if (here) here.dirty = false
  } else if (inHand.has(key)) waiting.set(key, text)
  else take(key, text)
}

function take(key: string, text: string): void {
  drafts.set(key, { channel: key, text, at: Date.now(), base: text, dirty: false })
  counts.set(key, (counts.get(key) ?? 0) + 1)
  void save(key)
  arrivals.emit(key)
}

type Timers = Map<string, ReturnType<typeof setTimeout>>

function later(timers: Timers, key: string, ms: number, run: (key: string) => unknown): void {
  clearTimeout(timers.get(key))
  timers.set(
    key,
    setTimeout(() => void run(key), ms),
  )
}

function rested(timers: Timers, key: string): void {
  clearTimeout(timers.get(key))
  timers.delete(key)
}

async function save(key: string): Promise<void> {
  rested(keeping, key)
  const draft = drafts.get(key)
  const shelf = device.shelf('drafts')
  // An empty one that the server has not heard of is news too.
  if (draft && (draft.text || draft.dirty)) await shelf.put(key, draft)
  else await shelf.remove(key)
}

/** Tells the server, one at a time; what fails is told when the line is back. */
async function tell(key: string): Promise<void> {
  rested(sending, key)
  const draft = drafts.get(key)
  if (!draft?.dirty || onTheWay.has(key)) return
  if (behind !== undefined) return syncDrafts()
  const { text } = draft
  onTheWay.add(key)
  try {
    if (!same(text, draft.base)) await put(key, text)
    taken.set(key, Date.now())
  } catch (problem) {
    // What is refused is kept here; it is tried again when it is changed.
    if (problem instanceof ApiError && problem.outcomeUnknown) again()
    return
  } finally {
    onTheWay.delete(key)
  }
  const now = drafts.get(key)
  if (!now) return
  now.base = text
  if (now.text !== text) return tell(key)
  now.dirty = false
  await save(key)
}

function again(): void {
  clearTimeout(behind)
  behind = [...drafts.values()].some(({ dirty }) => dirty)
    ? setTimeout(() => void syncDrafts(), AGAIN_AFTER_MS)
    : undefined
}

async function put(key: string, text: string): Promise<void> {
  const [channel_id = '', root_id] = key.split('/')
  const cause = crypto.randomUUID()
  told.add(cause)
  await unwrap(
    api.PUT('/api/channels/{channel_id}/draft', {
      params: { path: { channel_id }, query: root_id ? { root_id } : {} },
      headers: { 'X-Cause': cause },
      body: { text },
      // It arrives also when the page goes.
      keepalive: true,
    }),
  )
}

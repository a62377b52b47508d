import { useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { entities, useAll } from '@/api/entities'
import { takePeople } from '@/api/people'
import { Topics, useTopic } from '@/api/store'
import type { EventOf, Thread } from '@/api/types'
import { useHearing } from '@/features/channels/hearing'
import { isMuted } from '@/features/channels/unread'

/** What I have of a thread. */
export interface ThreadState {
  following: boolean
  read_position: number
}

const REST_MS = 500
const ANY = ''

const topics = new Topics()
const states = new Map<string, ThreadState>()
let changes = 0
// Threads that were marked unread on purpose: looking at them must not mark them read again.
const keptUnread = new Set<string>()
// Marks on their way to the server: what it told before it had them is older.
const underway = new Map<string, number>()

function put(threadId: string, state: ThreadState): void {
  states.set(threadId, state)
  changes += 1
  topics.emit(threadId)
  topics.emit(ANY)
}

/** I follow a thread, stopped, read on or made it unread, here or on another device. */
export function threadFollowed({
  thread_id,
  following,
  read_position,
}: EventOf<'thread.followed'>): void {
  if (underway.has(thread_id)) takeThreadState(thread_id, { following, read_position })
  else put(thread_id, { following, read_position })
}

/** Notes what an answer says I have of a thread: it may be older than what is known. */
export function takeThreadState(threadId: string, state: ThreadState): void {
  const known = states.get(threadId)
  const read_position = Math.max(state.read_position, known?.read_position ?? 0)
  put(threadId, { following: state.following, read_position })
}

/** Notes how an answer says a thread stands, unless something newer is known. */
export function takeThread(thread: Thread): void {
  const known = entities.get('thread', thread.root_id)
  if (known && known.last_position >= thread.last_position) return
  entities.put('thread', thread, Math.max(0, entities.version('thread', thread.root_id)))
}

/** I answered: what stands before my words is read, as the server has it too. */
export function ownReply(threadId: string, position: number): void {
  keptUnread.delete(threadId)
  const following = states.get(threadId)?.following ?? true
  takeThreadState(threadId, { following, read_position: position })
}

/** Nobody is here any more. */
export function clearThreadStates(): void {
  states.clear()
  keptUnread.clear()
  changes += 1
  topics.emitAll()
}

/** What I have of a thread, once it is known. */
export function useThreadState(threadId: string | null): ThreadState | undefined {
  return useTopic(topics, threadId ?? ANY, () => (threadId ? states.get(threadId) : undefined))
}

/** Do I follow this thread, as far as is known now? */
export function followsThread(threadId: string | null): boolean {
  return threadId !== null && (states.get(threadId)?.following ?? false)
}

/** Was this thread marked unread on purpose, and not left since? */
export function isThreadKeptUnread(threadId: string): boolean {
  return keptUnread.has(threadId)
}

/** Was something said in a thread I follow since I read it? */
export function hasNews(
  thread: Pick<Thread, 'last_position' | 'replies'>,
  state: ThreadState | undefined,
): boolean {
  if (!state?.following || thread.replies === 0) return false
  return thread.last_position > state.read_position
}

const every = (all: readonly Thread[]) => all

/** How many threads I follow have something new; what stands in a muted place does not call. */
export function useUnreadThreads(): number {
  const threads = useAll('thread', every)
  useTopic(topics, ANY, () => changes)
  // Levels and the clock decide as well what is muted.
  useHearing()
  return threads.filter((one) => hasNews(one, states.get(one.id)) && !mutedAt(one.channel_id))
    .length
}

function mutedAt(channelId: string): boolean {
  const channel = entities.get('channel', channelId)
  return channel !== undefined && isMuted(channel)
}

/** The threads I follow, as far as they matter now: those answered last. */
export async function loadThreadStates(): Promise<void> {
  const query = { limit: 100 }
  const page = await unwrap(api.GET('/api/threads', { params: { query } })).catch(() => null)
  for (const { thread, following, read_position } of page?.threads ?? []) {
    takeThread(thread)
    takeThreadState(thread.id, { following, read_position })
  }
}

/** Loads the head of a thread: its root, how it stands, what I have of it. */
export async function loadThread(rootId: string): Promise<void> {
  const path = { message_id: rootId }
  const view = await unwrap(api.GET('/api/messages/{message_id}/thread', { params: { path } }))
  takePeople(view.users, 0)
  // The answer has no seq: what an event brought already is never older.
  if (entities.version('message', rootId) < 0) entities.put('message', view.root, 0)
  const { thread, following, read_position } = view
  if (!thread) return
  takeThread(thread)
  takeThreadState(thread.id, { following, read_position })
}

/** Follows a thread or stops. */
export async function followThread(threadId: string, following: boolean): Promise<void> {
  const params = { path: { thread_id: threadId } }
  const body = { following }
  const state = await unwrap(api.PUT('/api/threads/{thread_id}/follow', { params, body }))
  takeThreadState(threadId, state)
}

/** Marks a thread read to its end, here at once and on the other devices soon. */
function markThreadRead({ id, last_position }: Thread): void {
  const known = states.get(id)
  if (known && known.read_position >= last_position) return
  takeThreadState(id, { following: known?.following ?? false, read_position: last_position })
  void send(id, { position: last_position })
}

/** Makes a reply and all after it unread, until the thread is left or answered. */
export function markThreadUnreadFrom(threadId: string, position: number): void {
  keptUnread.add(threadId)
  const before = position - 1
  put(threadId, { following: states.get(threadId)?.following ?? false, read_position: before })
  void send(threadId, { position: before, back: true })
}

/** Marks every thread I follow read. */
export async function markThreadsRead(): Promise<void> {
  for (const { id, last_position } of entities.all('thread')) {
    const known = states.get(id)
    if (!known?.following) continue
    keptUnread.delete(id)
    takeThreadState(id, { following: true, read_position: last_position })
  }
  await unwrap(api.PUT('/api/threads/read'))
}

async function send(id: string, body: { position: number; back?: boolean }): Promise<void> {
  underway.set(id, (underway.get(id) ?? 0) + 1)
  const params = { path: { thread_id: id } }
  // A mark that is lost is set again by the next one; nobody waits for it.
  const state = await unwrap(api.PUT('/api/threads/{thread_id}/read', { params, body })).catch(
    () => null,
  )
  const left = (underway.get(id) ?? 1) - 1
  if (left > 0) underway.set(id, left)
  else underway.delete(id)
  if (state && left === 0) put(id, state)
}

/** While the newest reply is in view and the window has the focus, the thread becomes read. */
export function useThreadReading(thread: Thread | undefined, watching: boolean): void {
  useEffect(() => {
    if (!watching || !thread || keptUnread.has(thread.id)) return
    const timer = setTimeout(() => {
      if (!keptUnread.has(thread.id)) markThreadRead(thread)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [thread, watching])
  const id = thread?.id
  useEffect(() => () => void (id && keptUnread.delete(id)), [id])
}

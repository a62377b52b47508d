import { useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { entities } from '@/api/entities'
import { takePeople } from '@/api/people'
import { Topics, useTopic } from '@/api/store'
import type { EventOf, Thread } from '@/api/types'

/** What I have of a thread. */
export interface ThreadState {
  following: boolean
  read_position: number
}

const REST_MS = 500

const topics = new Topics()
const states = new Map<string, ThreadState>()

/** I follow a thread, stopped, or read on, here or on another device. */
export function threadFollowed({
  thread_id,
  following,
  read_position,
}: EventOf<'thread.followed'>): void {
  takeThreadState(thread_id, { following, read_position })
}

/** Notes what the server says I have of a thread. */
function takeThreadState(threadId: string, state: ThreadState): void {
  const known = states.get(threadId)
  const read_position = Math.max(state.read_position, known?.read_position ?? 0)
  states.set(threadId, { following: state.following, read_position })
  topics.emit(threadId)
}

/** I answered: what stands before my words is read, as the server has it too. */
export function ownReply(threadId: string, position: number): void {
  const following = states.get(threadId)?.following ?? true
  takeThreadState(threadId, { following, read_position: position })
}

/** Nobody is here any more. */
export function clearThreadStates(): void {
  states.clear()
  topics.emitAll()
}

/** What I have of a thread, once it is known. */
export function useThreadState(threadId: string | null): ThreadState | undefined {
  return useTopic(topics, threadId ?? '', () => (threadId ? states.get(threadId) : undefined))
}

/** Was something said in a thread I follow since I read it? */
export function hasNews(
  thread: Pick<Thread, 'last_position' | 'replies'>,
  state: ThreadState | undefined,
): boolean {
  if (!state?.following || thread.replies === 0) return false
  return thread.last_position > state.read_position
}

/** The threads I follow, as far as they matter now: those answered last. */
export async function loadThreadStates(): Promise<void> {
  const query = { limit: 100 }
  const page = await unwrap(api.GET('/api/threads', { params: { query } })).catch(() => null)
  for (const { thread, following, read_position } of page?.threads ?? []) {
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
  if (entities.version('thread', rootId) < 0) entities.put('thread', thread, 0)
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
  const params = { path: { thread_id: id } }
  const body = { position: last_position }
  // A mark that is lost is set again by the next one; nobody waits for it.
  void unwrap(api.PUT('/api/threads/{thread_id}/read', { params, body })).catch(() => undefined)
}

/** While the newest reply is in view and the window has the focus, the thread becomes read. */
export function useThreadReading(thread: Thread | undefined, watching: boolean): void {
  useEffect(() => {
    if (!watching || !thread) return
    const timer = setTimeout(() => markThreadRead(thread), REST_MS)
    return () => clearTimeout(timer)
  }, [thread, watching])
}

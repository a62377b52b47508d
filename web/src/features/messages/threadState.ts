import { Topics, useTopic } from '@/api/store'
import type { EventOf } from '@/api/types'

/** What I have of a thread. */
export interface ThreadState {
  following: boolean
  read_position: number
}

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
export function takeThreadState(threadId: string, state: ThreadState): void {
  states.set(threadId, state)
  topics.emit(threadId)
}

/** What I have of a thread, once it is known. */
export function useThreadState(threadId: string | null): ThreadState | undefined {
  return useTopic(topics, threadId ?? '', () => (threadId ? states.get(threadId) : undefined))
}

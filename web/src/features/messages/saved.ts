import { Topics, useTopic } from '@/api/store'
import type { EventOf } from '@/api/types'

const topics = new Topics()
const kept = new Set<string>()

/** A message was saved for later or let go, here or on another device. */
export function savedChanged({ message_id, saved }: EventOf<'saved.changed'>): void {
  if (saved) kept.add(message_id)
  else kept.delete(message_id)
  topics.emit(message_id)
}

/** The ids of all saved messages, as the server lists them. */
export function takeSaved(ids: readonly string[]): void {
  kept.clear()
  for (const id of ids) kept.add(id)
  topics.emitAll()
}

/** Whether I saved this message. */
export function useSaved(id: string): boolean {
  return useTopic(topics, id, () => kept.has(id))
}

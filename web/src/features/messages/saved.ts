import { api, unwrap } from '@/api/client'
import { Topics, useTopic } from '@/api/store'

const topics = new Topics()
const kept = new Set<string>()

/** A message was saved for later or let go, here or on another device. */
export function savedChanged({ message_id, saved }: { message_id: string; saved: boolean }): void {
  if (saved) kept.add(message_id)
  else kept.delete(message_id)
  topics.emit(message_id)
}

/** The ids of all saved messages, as the server lists them. */
function takeSaved(ids: readonly string[]): void {
  kept.clear()
  for (const id of ids) kept.add(id)
  topics.emitAll()
}

/** Asks which messages I saved. */
export async function loadSaved(): Promise<void> {
  const ids = await unwrap(api.GET('/api/saved/ids')).catch(() => null)
  if (ids) takeSaved(ids)
}

/** Nobody is here any more. */
export function clearSaved(): void {
  takeSaved([])
}

/** Whether I saved this message. */
export function isSaved(id: string): boolean {
  return kept.has(id)
}

/** The same, re-rendering when it changes. */
export function useSaved(id: string): boolean {
  return useTopic(topics, id, () => kept.has(id))
}

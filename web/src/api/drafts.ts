import { device } from './device'

const SAVE_AFTER_MS = 300

const drafts = new Map<string, string>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()

/** Reads the drafts this device keeps for the person who is here. */
export async function loadDrafts(): Promise<void> {
  const rows = await device.shelf('drafts').all<{ channel: string; text: string }>()
  for (const row of rows) if (!drafts.has(row.channel)) drafts.set(row.channel, row.text)
}

/** What was being written in a channel. */
export function draftOf(channelId: string): string {
  return drafts.get(channelId) ?? ''
}

/** Keeps what is being written; the device hears of it after a short rest. */
export function keepDraft(channelId: string, text: string): void {
  if (text === draftOf(channelId)) return
  if (text) drafts.set(channelId, text)
  else drafts.delete(channelId)
  clearTimeout(timers.get(channelId))
  timers.set(
    channelId,
    setTimeout(() => void save(channelId), SAVE_AFTER_MS),
  )
}

/** The page may go away now: nothing waits for its short rest. */
export function keepDraftsNow(): void {
  for (const [channelId, timer] of timers) {
    clearTimeout(timer)
    void save(channelId)
  }
}

/** Forgets all drafts in memory, for a sign-out. */
export function clearDrafts(): void {
  drafts.clear()
  for (const timer of timers.values()) clearTimeout(timer)
  timers.clear()
}

async function save(channelId: string): Promise<void> {
  timers.delete(channelId)
  const text = draftOf(channelId)
  const shelf = device.shelf('drafts')
  if (text) await shelf.put(channelId, { channel: channelId, text })
  else await shelf.remove(channelId)
}

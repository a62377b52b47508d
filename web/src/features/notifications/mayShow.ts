import { session } from '@/api/session'
import type { Told } from '@/api/types'
import { isBlocked } from '@/features/accounts/blocks'
import { desktopState } from '@/features/accounts/desktop'

/** How this slice finds out what is on screen, and goes somewhere; the shell knows. */
export interface DeskWays {
  /** The place that is open here and the message whose thread is, if any. */
  here(): { channelId: string | null; thread: string | null }
  go(channelId: string, search: { m?: string; thread?: string }): void
}

/** News older than this is found in the inbox. */
const FRESH_MS = 10 * 60_000

/** Whether this may be shown at all: what counts, is new, and comes while nothing is to ring. */
export function mayShow(told: Told, now = Date.now()): boolean {
  if (desktopState() !== 'on' || told.read_at !== null || !told.counts) return false
  if (isBlocked(told.actor_id) || now - Date.parse(told.created_at) > FRESH_MS) return false
  return !wantsQuiet(now)
}

/** Whether one asked not to be disturbed, or it is one of the hours of quiet. */
function wantsQuiet(now: number): boolean {
  const { me } = session.get()
  return !me || me.dnd || (me.dnd_until !== null && Date.parse(me.dnd_until) > now)
}

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

let ways: DeskWays | null = null
// The rest is fetched by those who turned it on, when the first is told.
const rest = () => import('./desktop')

/** The shell is there, or gone. */
export function setDeskWays(next: DeskWays | null): void {
  ways = next
}

/** Something came: this device may show it outside of the page. */
export function deskTold(told: Told): void {
  if (!mayShow(told)) return
  const known = ways
  if (known) void rest().then(({ show }) => show(told, known))
}

/** Some were read, here or elsewhere; these are not. */
export function deskRead(unread: readonly string[]): void {
  if (desktopState() === 'on') void rest().then(({ keep }) => keep(unread))
}

/** One is gone with what it told of. */
export function deskGone(id: string): void {
  if (desktopState() === 'on') void rest().then(({ close }) => close(id))
}

/** Whether this may be shown at all: what counts, is new, and comes while nothing is to ring. */
export function mayShow(told: Told, now = Date.now()): boolean {
  if (desktopState() !== 'on' || told.read_at !== null || !told.counts) return false
  if (isBlocked(told.actor_id) || now - Date.parse(told.created_at) > FRESH_MS) return false
  return !wantsQuiet(now)
}

/** Whether one asked not to be disturbed, or it is one of the hours of quiet. */
export function wantsQuiet(now = Date.now()): boolean {
  const { me } = session.get()
  return !me || me.dnd || (me.dnd_until !== null && Date.parse(me.dnd_until) > now)
}

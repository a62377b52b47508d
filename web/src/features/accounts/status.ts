import { api, unwrap } from '@/api/client'
import { updateMe } from '@/api/session'
import type { Me } from '@/api/types'
import type { TextId } from '@/ui/text'
import { endOfDay, endOfWeek, inMinutes, tomorrowAtEight } from '@/ui/times'

/** What a person says of themself. */
export type Status = NonNullable<Me['status']>
/** The hours of every week in which nothing rings. */
export type QuietHours = NonNullable<Me['quiet_hours']>

/** Says how one is; without emoji and text, nothing. */
export async function setStatus(body: Status): Promise<void> {
  updateMe(await unwrap(api.PUT('/api/me/status', { body })))
}

/** Asks for quiet until a time; null ends it. */
export async function pause(until: Date | null): Promise<void> {
  const body = { until: until?.toISOString() ?? null }
  updateMe(await unwrap(api.PUT('/api/me/dnd', { body })))
}

/** Sets the hours of quiet; null takes them away. */
export async function setQuietHours(quiet_hours: QuietHours | null): Promise<void> {
  updateMe(await unwrap(api.PUT('/api/me/quiet-hours', { body: { quiet_hours } })))
}

type Ending = { id: string; name: TextId; until: (now: Date) => Date | null }

/** When a status ends by itself. */
export const statusEnds: Ending[] = [
  { id: 'never', name: 'accounts.status.never', until: () => null },
  { id: 'half', name: 'accounts.status.half', until: (now) => inMinutes(now, 30) },
  { id: 'hour', name: 'accounts.status.hour', until: (now) => inMinutes(now, 60) },
  { id: 'four', name: 'accounts.status.four', until: (now) => inMinutes(now, 240) },
  { id: 'today', name: 'accounts.status.today', until: endOfDay },
  { id: 'week', name: 'accounts.status.week', until: endOfWeek },
]

/** How long nothing should ring. */
export const pauses: { name: TextId; until: (now: Date) => Date }[] = [
  { name: 'accounts.pause.half', until: (now) => inMinutes(now, 30) },
  { name: 'accounts.pause.hour', until: (now) => inMinutes(now, 60) },
  { name: 'accounts.pause.two', until: (now) => inMinutes(now, 120) },
  { name: 'accounts.pause.tomorrow', until: tomorrowAtEight },
]

/** A few signs that say how one is. */
export const signs = '💬 ☕ 🍽️ 🏠 🚆 🚗 🚲 ✈️ 🌴 🤒 🩺 🎧 📅 📞 🎯 🔥 🌙 💤 👶 🐕 🎉 📚 🛠️ ⏳'.split(
  ' ',
)

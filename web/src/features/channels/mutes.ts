import { type TextId, t } from '@/ui/text'

const HOUR = 3_600_000
/** So far ahead that it has no end for anybody; then one turns it on by oneself. */
const NEVER_ENDS = 3000

/** How long one may want to hear nothing. */
export const mutes: { name: TextId; until: (now: Date) => Date }[] = [
  { name: 'channels.mute.hour', until: (now) => new Date(now.getTime() + HOUR) },
  { name: 'channels.mute.eight', until: (now) => new Date(now.getTime() + 8 * HOUR) },
  { name: 'channels.mute.tomorrow', until: tomorrowAtEight },
  { name: 'channels.mute.ever', until: () => new Date(Date.UTC(NEVER_ENDS, 0, 1)) },
]

/** Eight in the morning of the next day, by the clock of this place. */
export function tomorrowAtEight(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8)
}

/** "Muted until 8:00", with the day when it is not today; without an end, only "Muted". */
export function muteText(until: string, now = new Date()): string {
  const end = new Date(until)
  if (end.getUTCFullYear() >= NEVER_ENDS - 1) return t('channels.muted')
  const today = end.toDateString() === now.toDateString()
  const day = today ? {} : ({ weekday: 'short' } as const)
  const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', ...day })
  return t('channels.muted.until', { time: time.format(end) })
}

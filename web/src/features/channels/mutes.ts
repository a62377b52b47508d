import { type TextId, t } from '@/ui/text'
import { inMinutes, tomorrowAtEight, untilWhen } from '@/ui/times'

/** So far ahead that it has no end for anybody; then one turns it on by oneself. */
const NEVER_ENDS = 3000

/** How long one may want to hear nothing. */
export const mutes: { name: TextId; until: (now: Date) => Date }[] = [
  { name: 'channels.mute.hour', until: (now) => inMinutes(now, 60) },
  { name: 'channels.mute.eight', until: (now) => inMinutes(now, 480) },
  { name: 'channels.mute.tomorrow', until: tomorrowAtEight },
  { name: 'channels.mute.ever', until: () => new Date(Date.UTC(NEVER_ENDS, 0, 1)) },
]

/** "Muted until 8:00", with the day when it is not today; without an end, only "Muted". */
export function muteText(until: string, now = new Date()): string {
  const end = new Date(until)
  if (end.getUTCFullYear() >= NEVER_ENDS - 1) return t('channels.muted')
  return t('channels.muted.until', { time: untilWhen(until, now) })
}

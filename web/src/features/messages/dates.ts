import { dateFormat, dayOf } from '@/ui/days'

/** The time of day, as 16:42. */
export function clock(instant: number): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant)
}

/** An instant in few words: the time of today, else the day. */
export function moment(instant: number, now = Date.now()): string {
  const [day, today] = [dayOf(instant), dayOf(now)]
  if (day === today) return clock(instant)
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return dateFormat({ day: 'numeric', month: 'long', ...year }).format(instant)
}

/** Date and time in full, for a tooltip. */
export function inFull(instant: number): string {
  return dateFormat({ dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }).format(instant)
}

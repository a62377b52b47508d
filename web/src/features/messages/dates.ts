import { i18n } from '@lingui/core'
import { t } from '@/ui/text'
import { dayOf } from './rows'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = i18n.locale + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  formats.set(key, made)
  return made
}

// Plain English writes the day before the month here, as the interface does.
const locale = () => (i18n.locale === 'en' ? 'en-GB' : i18n.locale || 'en-GB')

/** The time of day, as 16:42. */
export function clock(instant: number): string {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant)
}

/** An instant in few words: the time of today, else the day. */
export function moment(instant: number, now = Date.now()): string {
  const [day, today] = [dayOf(instant), dayOf(now)]
  if (day === today) return clock(instant)
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return format({ day: 'numeric', month: 'long', ...year }).format(instant)
}

/** Date and time in full, for a tooltip. */
export function inFull(instant: number): string {
  return format({ dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }).format(instant)
}

/** A day as a divider says it: "Today, Thursday 19 November". */
export function dayName(day: string, now = Date.now()): string {
  const noon = Date.parse(`${day}T12:00:00`)
  const sameYear = day.slice(0, 4) === dayOf(now).slice(0, 4)
  const date = format({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
    .format(noon)
    .replace(',', '')
  if (day === dayOf(now)) return t('messages.day.today', { date })
  if (day === dayOf(now - 86_400_000)) return t('messages.day.yesterday', { date })
  return date
}

import { i18n } from '@lingui/core'
import { t } from './text'

const formats = new Map<string, Intl.DateTimeFormat>()

/** A format of dates and times in the language of the interface, made once. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = i18n.locale + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options)
  formats.set(key, made)
  return made
}

// Plain English writes the day before the month here, as the interface does.
const locale = () => (i18n.locale === 'en' ? 'en-GB' : i18n.locale || 'en-GB')

/** The calendar day of an instant, where the reader is. */
export function dayOf(instant: number): string {
  const date = new Date(instant)
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** A day as a divider says it: "Today, Thursday 19 November". */
export function dayName(day: string, now = Date.now()): string {
  const noon = Date.parse(`${day}T12:00:00`)
  const sameYear = day.slice(0, 4) === dayOf(now).slice(0, 4)
  const date = dateFormat({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
    .format(noon)
    .replace(',', '')
  if (day === dayOf(now)) return t('ui.day.today', { date })
  if (day === dayOf(now - 86_400_000)) return t('ui.day.yesterday', { date })
  return date
}

/** A calendar day ("2027-05-31") in words, the same in every time zone. */
export function fullDay(day: string): string {
  const format = dateFormat({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`))
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "5 minutes ago" up to a week, then the date; the year only when it is another one. */
export function relativeTime(instant: string, now = Date.now(), locale?: string): string {
  const then = Date.parse(instant)
  // A clock that runs ahead elsewhere must not put things into the future.
  const age = Math.max(0, now - then)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (age < MINUTE) return format.format(0, 'second')
  if (age < HOUR) return format.format(-Math.floor(age / MINUTE), 'minute')
  if (age < DAY) return format.format(-Math.floor(age / HOUR), 'hour')
  if (age < 7 * DAY) return format.format(-Math.floor(age / DAY), 'day')
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear()
  const year = sameYear ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...year }).format(then)
}

/** The whole truth, for a tooltip. */
export function fullTime(instant: string, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
  return format.format(Date.parse(instant))
}

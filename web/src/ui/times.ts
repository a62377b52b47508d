/** Eight in the morning of the next day, by the clock of this place. */
export function tomorrowAtEight(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8)
}

/** Midnight after this day, by the clock of this place. */
export function endOfDay(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
}

/** Midnight after this week's Sunday, by the clock of this place. */
export function endOfWeek(now: Date): Date {
  const ahead = 8 - (now.getDay() || 7)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead)
}

/** So many minutes from now. */
export function inMinutes(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000)
}

/** "14:30" as one writes it where one is, with the day when it is not today. */
export function untilWhen(until: string, now = new Date(), locale?: string): string {
  const end = new Date(until)
  const day = end.toDateString() === now.toDateString() ? {} : ({ weekday: 'short' } as const)
  const format = { hour: 'numeric', minute: '2-digit', ...day } as const
  return new Intl.DateTimeFormat(locale, format).format(end)
}

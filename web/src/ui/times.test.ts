import { expect, it } from 'vitest'
import { endOfDay, endOfWeek, inMinutes, tomorrowAtEight, untilWhen } from './times'

const parts = (date: Date) => [date.getFullYear(), date.getMonth(), date.getDate(), date.getHours()]

it('ends on the next morning, at midnight, or with the week, by the clock of this place', () => {
  const lastNight = new Date(2026, 11, 31, 23, 30) // a Thursday
  expect(parts(tomorrowAtEight(lastNight))).toEqual([2027, 0, 1, 8])
  expect(parts(endOfDay(lastNight))).toEqual([2027, 0, 1, 0])
  expect(parts(endOfWeek(lastNight))).toEqual([2027, 0, 4, 0])
  // On a Sunday and on a Monday, too.
  expect(parts(endOfWeek(new Date(2027, 0, 3, 12)))).toEqual([2027, 0, 4, 0])
  expect(parts(endOfWeek(new Date(2027, 0, 4, 0)))).toEqual([2027, 0, 11, 0])
  expect(inMinutes(lastNight, 90).getTime() - lastNight.getTime()).toBe(5_400_000)
})

it('names the day only when it is another', () => {
  const now = new Date(2026, 10, 26, 9)
  const at = (until: Date, locale: string) => untilWhen(until.toISOString(), now, locale)
  expect(at(new Date(2026, 10, 26, 14, 30), 'en-GB')).toBe('14:30')
  expect(at(new Date(2026, 10, 27, 8), 'en-GB')).toMatch(/^Fri,? 08:00$/)
  // As people write it where they are.
  expect(at(new Date(2026, 10, 26, 14, 30), 'en-US')).toMatch(/^2:30\sPM$/)
  expect(at(new Date(2026, 10, 27, 8), 'de')).toMatch(/^Fr\.?,? 0?8:00$/)
})

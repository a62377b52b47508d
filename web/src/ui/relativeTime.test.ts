import { expect, it } from 'vitest'
import { relativeTime } from './relativeTime'

const now = Date.parse('2026-11-22T12:00:00Z')
const at = (instant: string) => relativeTime(instant, now, 'en-GB')

it('speaks relatively up to a week', () => {
  expect(at('2026-11-22T11:59:40Z')).toBe('now')
  expect(at('2026-11-22T11:55:00Z')).toBe('5 minutes ago')
  expect(at('2026-11-22T09:00:00Z')).toBe('3 hours ago')
  expect(at('2026-11-21T11:00:00Z')).toBe('yesterday')
})

it('then names the date, and the year only of another one', () => {
  expect(at('2026-11-01T12:00:00Z')).toBe('1 November')
  expect(at('2025-11-01T12:00:00Z')).toBe('1 November 2025')
})

it('never speaks of the future', () => {
  expect(at('2026-11-22T12:09:00Z')).toBe('now')
})

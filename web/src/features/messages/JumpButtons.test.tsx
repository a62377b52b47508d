import { render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ToUnread } from './JumpButtons'

const jump = (since: number) => {
  render(<ToUnread count={null} since={since} onClick={() => undefined} />)
  return screen.getByRole('button').textContent
}

beforeEach(() => vi.useFakeTimers({ now: new Date(2026, 10, 19, 12, 0) }))
afterEach(() => vi.useRealTimers())

it('says a time of today', () => {
  expect(jump(new Date(2026, 10, 19, 9, 14).getTime())).toBe('Unread since 09:14, go to the first')
})

it('says an older day', () => {
  expect(jump(new Date(2026, 10, 3, 9, 14).getTime())).toBe(
    'Unread since 3 November, go to the first',
  )
})

it('says the year of one long ago', () => {
  expect(jump(new Date(2016, 2, 28).getTime())).toBe('Unread since 28 March 2016, go to the first')
})

it('says no day where nothing was ever read', () => {
  expect(jump(0)).toBe('All unread, go to the first')
})

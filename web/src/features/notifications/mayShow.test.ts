import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { session } from '@/api/session'
import type { Me, Told } from '@/api/types'

const desktop = vi.hoisted(() => ({ state: 'on' }))
const blocks = vi.hoisted(() => ({ ids: ['mallory'] }))
vi.mock('@/features/accounts/desktop', () => ({ desktopState: () => desktop.state }))
vi.mock('@/features/accounts/blocks', () => ({
  isBlocked: (id: string) => blocks.ids.includes(id),
}))

import { mayShow } from './mayShow'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const told = (change: Partial<Told> = {}) =>
  mayShow(
    {
      id: 'n',
      actor_id: 'ada',
      counts: true,
      read_at: null,
      created_at: '2026-11-26T11:59:58Z',
      ...change,
    } as Told,
    NOW,
  )
const me = (change: Partial<Me>) =>
  session.set({ state: 'signed-in', me: { dnd: false, dnd_until: null, ...change } as Me })

beforeEach(() => {
  desktop.state = 'on'
  me({})
})
afterEach(() => session.set({ state: 'signed-out', me: null }))

it('shows what is new, counts and is unread', () => {
  expect(told()).toBe(true)
  expect(told({ counts: false })).toBe(false)
  expect(told({ read_at: '2026-11-26T11:59:59Z' })).toBe(false)
  expect(told({ created_at: '2026-11-26T11:00:00Z' })).toBe(false)
  expect(told({ actor_id: 'mallory' })).toBe(false)
})

it('shows nothing where it was not turned on, or while quiet is wanted', () => {
  desktop.state = 'off'
  expect(told()).toBe(false)
  desktop.state = 'on'
  me({ dnd: true })
  expect(told()).toBe(false)
  me({ dnd_until: '2026-11-26T12:30:00Z' })
  expect(told()).toBe(false)
  me({ dnd_until: '2026-11-26T11:30:00Z' })
  expect(told()).toBe(true)
})

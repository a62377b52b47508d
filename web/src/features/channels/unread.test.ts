import { expect, it } from 'vitest'
import type { Channel } from '@/api/types'
import { isBold, neighbour, nextUnread, tallies } from './unread'

const channel = (id: string, change: Partial<Channel> = {}) =>
  ({
    id,
    group_id: 'g',
    followed: true,
    level: 'mentions',
    last_position: 5,
    read_position: 5,
    mentions: 0,
    ...change,
  }) as Channel

it('is bold only when followed, not muted and something is new', () => {
  expect(isBold(channel('a', { last_position: 6 }))).toBe(true)
  expect(isBold(channel('a'))).toBe(false)
  expect(isBold(channel('a', { last_position: 6, level: 'nothing' }))).toBe(false)
  expect(isBold(channel('a', { last_position: 6, followed: false, level: null }))).toBe(false)
})

it('adds up what each group has for me; muted channels still count who called me', () => {
  const sums = tallies([
    channel('a', { last_position: 6 }),
    channel('b', { group_id: 'h', last_position: 6, level: 'nothing', mentions: 2 }),
    channel('c', { group_id: 'h', mentions: 1 }),
  ])
  expect(sums.get('g')).toEqual({ unread: true, mentions: 0 })
  expect(sums.get('h')).toEqual({ unread: false, mentions: 3 })
})

it('steps to the neighbour and stops at the ends', () => {
  const order = [channel('a'), channel('b'), channel('c')]
  expect(neighbour(order, 'a', 1)?.id).toBe('b')
  expect(neighbour(order, 'c', 1)).toBeNull()
  expect(neighbour(order, 'a', -1)).toBeNull()
  expect(neighbour(order, null, 1)?.id).toBe('a')
  expect(neighbour(order, null, -1)?.id).toBe('c')
})

it('finds the next unread, once around', () => {
  const order = [
    channel('a', { last_position: 6 }),
    channel('b'),
    channel('c', { last_position: 6, level: 'nothing' }),
    channel('d', { level: 'nothing', mentions: 1 }),
  ]
  expect(nextUnread(order, 'b', 1)?.id).toBe('d')
  expect(nextUnread(order, 'b', -1)?.id).toBe('a')
  expect(nextUnread(order, 'd', 1)?.id).toBe('a')
  expect(nextUnread(order, 'a', -1)?.id).toBe('d')
  expect(nextUnread(order, null, 1)?.id).toBe('a')
  expect(nextUnread(order, null, -1)?.id).toBe('d')
})

it('stays when the open channel is the only unread one, or nothing is there', () => {
  expect(nextUnread([channel('a', { last_position: 6 }), channel('b')], 'a', 1)).toBeNull()
  expect(nextUnread([], 'a', 1)).toBeNull()
})

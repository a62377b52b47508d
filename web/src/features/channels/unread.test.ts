import { describe, expect, it } from 'vitest'
import { entities } from '@/api/entities'
import type { Channel, Group } from '@/api/types'
import { isBold, isMuted, levelOf, neighbour, nextUnread, tallies } from './unread'

const channel = (id: string, change: Partial<Channel> = {}) =>
  ({
    id,
    group_id: 'g',
    followed: true,
    level: 'mentions',
    muted_until: null,
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

describe('what one hears', () => {
  const [before, now, later] = [
    '2026-01-01T08:00:00Z',
    '2026-01-01T09:00:00Z',
    '2026-01-01T10:00:00Z',
  ]
  const at = Date.parse(now ?? '')
  const quiet = { level: null, muted_until: null }

  it('is as chosen for the channel, else for its group, else mentions', () => {
    expect(levelOf(channel('a', { level: 'all' }), { ...quiet, level: 'nothing' })).toBe('all')
    expect(levelOf(channel('a', { level: null }), { ...quiet, level: 'nothing' })).toBe('nothing')
    expect(levelOf(channel('a', { level: null }), quiet)).toBe('mentions')
    expect(levelOf(channel('a', { level: null, group_id: null }))).toBe('mentions')
  })

  it('is muted by the channel or by its group, and only while it lasts', () => {
    const muted = (own: string | undefined, group: string | undefined) =>
      isMuted(
        channel('a', { muted_until: own ?? null }),
        { level: null, muted_until: group ?? null },
        at,
      )
    expect(muted(later, undefined)).toBe(true)
    expect(muted(undefined, later)).toBe(true)
    expect(muted(before, before)).toBe(false)
    // Over is over at that very moment.
    expect(muted(now, undefined)).toBe(false)
  })

  it('is muted by a group that wants nothing, but not against the channel', () => {
    const nothing = { level: 'nothing', muted_until: null } as const
    expect(isMuted(channel('a', { level: null }), nothing)).toBe(true)
    expect(isMuted(channel('a', { level: 'mentions' }), nothing)).toBe(false)
    expect(isMuted(channel('a', { followed: false, level: 'nothing' }), nothing)).toBe(false)
  })
})

it('asks the group of a channel by itself', () => {
  entities.put('group', { id: 'g', level: 'nothing', muted_until: null } as Group, 0)
  expect(isBold(channel('a', { level: null, last_position: 6 }))).toBe(false)
  entities.clear()
  expect(isBold(channel('a', { level: null, last_position: 6 }))).toBe(true)
})

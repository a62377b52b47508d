import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { entities } from '@/api/entities'
import type { Channel } from '@/api/types'
import { markMoved, markRead, markUnreadFrom, useReading } from './read'

const sent: { position: number; back?: boolean }[] = []
const channel = (change: Partial<Channel> = {}) =>
  entities.put(
    'channel',
    {
      id: 'c',
      followed: true,
      last_position: 50,
      read_position: 20,
      mentions: 1,
      ...change,
    } as Channel,
    0,
  )
const state = () => entities.get('channel', 'c')

beforeEach(() => {
  vi.useFakeTimers()
  sent.length = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push((await request.clone().json()) as (typeof sent)[number])
    return new Response(null, { status: 204 })
  })
  channel()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  entities.clear()
})

it('is marked here at once and on the server soon', async () => {
  markRead('c')
  expect(state()).toMatchObject({ read_position: 50, mentions: 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(sent).toEqual([{ position: 50 }])
  markRead('c')
  await vi.advanceTimersByTimeAsync(0)
  expect(sent).toHaveLength(1)
})

it('is told in the order in which it happened', async () => {
  let answer = () => {}
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push((await request.clone().json()) as (typeof sent)[number])
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return new Response(null, { status: 204 })
  })
  channel({ id: 'd' })
  markRead('d')
  markUnreadFrom('d', 40)
  await vi.advanceTimersByTimeAsync(0)
  // mutant: put without `if (earlier) await earlier`
  expect(sent).toEqual([{ position: 50 }])
  answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(sent).toEqual([{ position: 50 }, { position: 39, back: true }])
  answer()
  await vi.advanceTimersByTimeAsync(0)
})

it('happens by looking, not by being open', async () => {
  const { rerender } = renderHook(({ watching }) => useReading('c', watching), {
    initialProps: { watching: false },
  })
  await vi.advanceTimersByTimeAsync(5000)
  // mutant: useReading without `!watching`
  expect(sent).toEqual([])
  rerender({ watching: true })
  await act(() => vi.advanceTimersByTimeAsync(600))
  expect(sent).toEqual([{ position: 50 }])
})

it('reads a number that came after the words were read', async () => {
  channel({ read_position: 50, mentions: 0 })
  renderHook(() => useReading('c', true))
  await act(() => vi.advanceTimersByTimeAsync(5000))
  expect(sent).toEqual([])
  act(() => entities.patch('channel', 'c', { mentions: 1 }))
  await act(() => vi.advanceTimersByTimeAsync(600))
  // mutant: useReading without `channel.mentions > 0`
  expect(sent).toEqual([{ position: 50 }])
  expect(state()?.mentions).toBe(0)
})

it('does not undo what was marked unread on purpose', async () => {
  renderHook(() => useReading('c', true))
  await act(() => vi.advanceTimersByTimeAsync(600))
  await act(async () => markUnreadFrom('c', 30))
  await act(() => vi.advanceTimersByTimeAsync(5000))
  // mutant: useReading without `keptUnread.has(channelId)`
  expect(state()?.read_position).toBe(29)
  expect(sent).toEqual([{ position: 50 }, { position: 29, back: true }])
})

it('moves forward with other devices, back only when said so', () => {
  markMoved('c', 10, false)
  // mutant: markMoved without Math.max
  expect(state()?.read_position).toBe(20)
  markMoved('c', 50, false)
  expect(state()).toMatchObject({ read_position: 50, mentions: 0 })
  markMoved('c', 10, true)
  expect(state()?.read_position).toBe(10)
})

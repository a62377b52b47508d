import { afterEach, expect, it, vi } from 'vitest'
import { entities } from './entities'
import { putMark } from './marks'
import { standing, takeHead, takePlaces } from './places'
import type { Channel, Places } from './types'

const channel = (change: Partial<Channel> = {}) =>
  ({
    id: 'c',
    followed: true,
    head: 4,
    last_position: 40,
    read_position: 40,
    mentions: 0,
    ...change,
  }) as Channel
const answer = (change: Partial<Channel> = {}) =>
  ({
    workspace_id: 'w',
    groups: [],
    categories: [],
    channels: [channel(change)],
  }) as unknown as Places
const state = () => entities.get('channel', 'c')

afterEach(() => {
  vi.unstubAllGlobals()
  entities.clear()
})

it('takes what the answer tells when nothing else was heard', () => {
  entities.put('channel', channel(), 0)
  const told = { head: 6, last_position: 60, read_position: 50, mentions: 2 }
  takePlaces(answer(told), 'ready', standing())
  expect(state()).toMatchObject(told)
})

it('keeps what was heard while the answer was on its way', () => {
  entities.put('channel', channel(), 0)
  const asked = standing()
  takeHead('c', { seq: 5, position: 50, mentions: 1 })
  takePlaces(answer(), 'ready', asked)
  // mutant: takePlaces puts the answer as it is
  expect(state()).toMatchObject({ head: 5, last_position: 50, read_position: 40, mentions: 1 })
})

it('keeps a mark that was moved while the answer was on its way', () => {
  entities.put('channel', channel(), 0)
  const asked = standing()
  entities.patch('channel', 'c', { read_position: 30 })
  takePlaces(answer(), 'ready', asked)
  // mutant: newest without read_position
  expect(state()).toMatchObject({ read_position: 30 })
})

it('keeps a mark that was on its way to the server when the question went out', async () => {
  let arrive = () => {}
  vi.stubGlobal('fetch', async () => {
    await new Promise<void>((resolve) => {
      arrive = resolve
    })
    return new Response(null, { status: 204 })
  })
  entities.put('channel', channel({ read_position: 30 }), 0)
  const sent = putMark('c', { position: 30, back: true })
  const asked = standing()
  takePlaces(answer(), 'ready', asked)
  // mutant: standing without isMarking
  expect(state()).toMatchObject({ read_position: 30 })
  await new Promise((later) => setTimeout(later))
  arrive()
  await sent
  expect(standing().has('c')).toBe(true)
})

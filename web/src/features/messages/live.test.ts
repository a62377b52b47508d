import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { entities } from '@/api/entities'
import { session } from '@/api/session'
import type { Channel, Me, Message } from '@/api/types'
import { posted } from './live'

const sent: unknown[] = []
const channel = (read_position: number) =>
  entities.put(
    'channel',
    { id: 'c', followed: true, head: 1, last_position: 50, read_position, mentions: 0 } as Channel,
    0,
  )
const say = (author_id: string) =>
  posted({ id: 'm', channel_id: 'c', client_id: 'x', author_id, position: 60 } as Message, 2)

beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(await request.clone().json())
    return new Response(null, { status: 204 })
  })
  session.set({ state: 'signed-in', me: { id: 'ada' } as Me })
})
afterEach(() => {
  vi.unstubAllGlobals()
  entities.clear()
})

it('is no news to who says it, here and elsewhere', async () => {
  channel(50)
  say('ada')
  expect(entities.get('channel', 'c')).toMatchObject({ last_position: 60, read_position: 60 })
  await vi.waitFor(() => expect(sent).toEqual([{ position: 60 }]))
})

it('leaves what others said before unread', () => {
  channel(40)
  say('ada')
  expect(entities.get('channel', 'c')).toMatchObject({ last_position: 60, read_position: 40 })
  expect(sent).toEqual([])
})

it('is news when somebody else says it', () => {
  channel(50)
  say('bo')
  expect(entities.get('channel', 'c')).toMatchObject({ last_position: 60, read_position: 50 })
})

it('is no news of the place when it is said in a thread, unless it is said there too', () => {
  channel(50)
  const reply = { id: 'r', channel_id: 'c', client_id: 'y', author_id: 'bo', thread_id: 't' }
  posted({ ...reply, position: 60, also: false } as Message, 2)
  expect(entities.get('channel', 'c')).toMatchObject({ head: 2, last_position: 50 })
  posted({ ...reply, id: 's', position: 70, also: true } as Message, 3)
  expect(entities.get('channel', 'c')).toMatchObject({ head: 3, last_position: 70 })
})

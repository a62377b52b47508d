import { expect, it } from 'vitest'
import { entities } from '@/api/entities'
import type { Channel, Message, MessagePage } from '@/api/types'
import { isReply, lineOf, linesOf, placeOf, takePage, threadOf } from './lines'

const said = (thread_id: string | null, also = false) => ({ channel_id: 'c', thread_id, also })

it('names the lines of a place and of its threads', () => {
  expect([lineOf('c'), lineOf('c', 't')]).toEqual(['c', 'c/t'])
  expect([placeOf('c/t'), threadOf('c/t'), threadOf('c')]).toEqual(['c', 't', null])
})

it('keeps replies out of the place, unless they were said there too', () => {
  expect(linesOf(said(null))).toEqual(['c'])
  expect(linesOf(said('t'))).toEqual(['c/t'])
  expect(linesOf(said('t', true))).toEqual(['c', 'c/t'])
  expect([isReply(said('t')), isReply(said('t', true)), isReply(said(null))]).toEqual([
    true,
    false,
    false,
  ])
})

it('raises the place to what a page brought and no event told', () => {
  entities.put('channel', { id: 'c', head: 1, last_position: 10 } as Channel, 0)
  const said = (id: string, position: number, thread_id: string | null = null) =>
    ({ id, channel_id: 'c', position, thread_id, also: false }) as Message
  const messages = [said('a', 10), said('b', 20), said('c', 30, 't')]
  takePage({ messages, threads: [], before: null, after: null, head: 3 } as unknown as MessagePage)
  // mutant: takePage without takeHead
  expect(entities.get('channel', 'c')).toMatchObject({ head: 3, last_position: 20 })
})

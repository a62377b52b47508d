import { expect, it } from 'vitest'
import { isReply, lineOf, linesOf, placeOf, threadOf } from './lines'

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

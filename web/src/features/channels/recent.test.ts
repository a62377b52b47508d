import { expect, it } from 'vitest'
import type { Channel } from '@/api/types'
import { lastOf, remember, visitsHere } from './recent'

const order = ['a', 'b', 'c'].map((id) => ({ id }) as Channel)

it('goes where one was last, else to the first place', () => {
  expect(lastOf(order, { b: 2, c: 1, elsewhere: 9 })?.id).toBe('b')
  expect(lastOf(order, {})?.id).toBe('a')
  expect(lastOf([], { a: 1 })).toBeNull()
})

it('remembers the newest two hundred', () => {
  for (let at = 1; at <= 205; at += 1) remember(`channel-${at}`, at)
  expect(Object.keys(visitsHere())).toHaveLength(200)
  expect(visitsHere()['channel-205']).toBe(205)
  expect(visitsHere()['channel-5']).toBeUndefined()
})

import { expect, it } from 'vitest'
import { insertion } from './useDragSort'

const slots = [
  { id: 'a', top: 0, bottom: 34 },
  { id: 'b', top: 34, bottom: 68 },
  { id: 'c', top: 68, bottom: 102 },
]

it('inserts before the first row whose middle lies below the pointer', () => {
  expect(insertion(slots, 'c', 5)).toEqual({ index: 0, line: 0 })
  expect(insertion(slots, 'c', 20)).toEqual({ index: 1, line: 34 })
  expect(insertion(slots, 'a', 200)).toEqual({ index: 2, line: 102 })
})

it('leaves out what is in the hand', () => {
  expect(insertion(slots, 'a', 40).index).toBe(0)
  expect(insertion(slots, 'a', 60).index).toBe(1)
})

it('stands still when there is nothing else', () => {
  expect(insertion([{ id: 'a', top: 0, bottom: 34 }], 'a', 99)).toEqual({ index: 0, line: 0 })
})

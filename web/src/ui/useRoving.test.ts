import { expect, it } from 'vitest'
import { nextIndex } from './useRoving'

it('leads by arrows, Home and End, and nowhere by other keys', () => {
  expect(nextIndex('ArrowDown', 1, 3)).toBe(2)
  expect(nextIndex('ArrowUp', 1, 3)).toBe(0)
  expect(nextIndex('Home', 2, 3)).toBe(0)
  expect(nextIndex('End', 0, 3)).toBe(2)
  expect(nextIndex('a', 1, 3)).toBe(-1)
})

import { expect, it } from 'vitest'
import type { Group } from '@/api/types'
import { byRail, moved } from './order'

it('moves an id among the others', () => {
  expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
})

it('keeps the same order everywhere when positions are the same', () => {
  const group = (id: string, position: number) => ({ id, position }) as Group
  const ids = byRail([group('z', 1), group('b', 0), group('a', 0)]).map(({ id }) => id)
  expect(ids).toEqual(['a', 'b', 'z'])
})

import { expect, it } from 'vitest'
import { bounded, LIST, widthAfter } from './width'

it('keeps the list between its bounds', () => {
  expect(bounded(100)).toBe(LIST.least)
  expect(bounded(1000)).toBe(LIST.most)
  expect(bounded(300.4)).toBe(300)
  expect(bounded(Number.NaN)).toBe(LIST.normal)
})

it('goes by keys', () => {
  expect(widthAfter('ArrowRight', 264)).toBe(280)
  expect(widthAfter('ArrowLeft', LIST.least)).toBe(LIST.least)
  expect(widthAfter('Home', 264)).toBe(LIST.least)
  expect(widthAfter('End', 264)).toBe(LIST.most)
  expect(widthAfter('Enter', 400)).toBe(LIST.normal)
  expect(widthAfter('a', 264)).toBeNull()
})

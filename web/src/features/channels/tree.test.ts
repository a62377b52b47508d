import { expect, it } from 'vitest'
import type { Category, Channel } from '@/api/types'
import {
  dropCategory,
  dropTarget,
  inSidebar,
  layoutOf,
  moveCategory,
  moveChannel,
  sectionsOf,
  slotsOf,
  stepTarget,
} from './tree'

const category = (id: string, position: number): Category => ({
  id,
  group_id: 'g',
  name: id,
  position,
})
const channel = (id: string, category_id: string | null, position: number) =>
  ({
    id,
    name: id,
    group_id: 'g',
    category_id,
    position,
    followed: true,
    archived: false,
  }) as Channel

const categories = [category('work', 1), category('talk', 0)]
const channels = [
  channel('c', 'work', 4),
  channel('a', null, 0),
  channel('b2', 'talk', 2),
  channel('b1', 'talk', 1),
  channel('lost', 'gone', 9),
  { ...channel('x', null, 0), group_id: 'other' },
]
const sections = sectionsOf(categories, channels, 'g')
const shape = (some: typeof sections) =>
  some.map((section) => [section.category?.id ?? '', section.channels.map(({ id }) => id).join()])
const slots = slotsOf(sections)

it('orders categories and channels; what lost its category stands at the top', () => {
  expect(shape(sections)).toEqual([
    ['', 'a,lost'],
    ['talk', 'b1,b2'],
    ['work', 'c'],
  ])
  expect(slots.map(({ id }) => id)).toEqual(['a', 'lost', 'talk', 'b1', 'b2', 'work', 'c'])
})

it('shows what is followed and in use, and always what is open', () => {
  const some = [
    channel('a', null, 0),
    { ...channel('old', null, 1), archived: true },
    { ...channel('other', null, 2), followed: false },
  ]
  expect(inSidebar(some, null).map(({ id }) => id)).toEqual(['a'])
  expect(inSidebar(some, 'old').map(({ id }) => id)).toEqual(['a', 'old'])
  expect(inSidebar(some, 'other').map(({ id }) => id)).toEqual(['a', 'other'])
})

it('drops a channel where the line is drawn', () => {
  expect(dropTarget(slots, 'c', 0)).toEqual({ categoryId: null, beforeId: 'a' })
  expect(dropTarget(slots, 'c', 2)).toEqual({ categoryId: null, beforeId: null })
  expect(dropTarget(slots, 'c', 3)).toEqual({ categoryId: 'talk', beforeId: 'b1' })
  expect(dropTarget(slots, 'a', 5)).toEqual({ categoryId: 'work', beforeId: 'c' })
  expect(dropTarget(slots, 'a', 6)).toEqual({ categoryId: 'work', beforeId: null })
})

it('drops a category only between categories', () => {
  expect(dropCategory(slots, 'work', 0)).toBe('talk')
  expect(dropCategory(slots, 'work', 4)).toBeNull()
  expect(shape(moveCategory(sections, 'work', 'talk'))[1]?.[0]).toBe('work')
  expect(shape(moveCategory(sections, 'talk', null))[2]?.[0]).toBe('talk')
  expect(shape(moveCategory(sections, 'talk', 'talk'))).toEqual(shape(sections))
})

it('steps over the edge of a category', () => {
  expect(stepTarget(sections, 'b2', -1)).toEqual({ categoryId: 'talk', beforeId: 'b1' })
  expect(stepTarget(sections, 'b1', 1)).toEqual({ categoryId: 'talk', beforeId: null })
  expect(stepTarget(sections, 'b1', -1)).toEqual({ categoryId: null, beforeId: null })
  expect(stepTarget(sections, 'b2', 1)).toEqual({ categoryId: 'work', beforeId: 'c' })
  expect(stepTarget(sections, 'a', -1)).toBeNull()
  expect(stepTarget(sections, 'c', 1)).toBeNull()
})

it('moves a channel and tells the whole order', () => {
  const next = moveChannel(sections, 'c', { categoryId: 'talk', beforeId: 'b2' })
  expect(shape(next)).toEqual([
    ['', 'a,lost'],
    ['talk', 'b1,c,b2'],
    ['work', ''],
  ])
  expect(layoutOf(next).categories).toEqual(['talk', 'work'])
  expect(layoutOf(next).channels[3]).toEqual({ id: 'c', category_id: 'talk' })
  expect(layoutOf(moveChannel(sections, 'nobody', { categoryId: null, beforeId: null }))).toEqual(
    layoutOf(sections),
  )
})

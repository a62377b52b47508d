import { describe, expect, it } from 'vitest'
import { append, type Edge, extend, holding, newest, place, type Segment, trim } from './segments'

const entry = (position: number, id = `m${position}`) => ({ id, position })
const segment = (from: number, to: number, before: Edge, after: Edge): Segment => ({
  entries: Array.from({ length: to - from + 1 }, (_, index) => entry(from + index)),
  before,
  after,
})
const ids = (one: Segment | undefined) => one?.entries.map((each) => each.position)

describe('segments', () => {
  it('orders by position, then by id', () => {
    const [made] = place([segment(1, 2, null, null)], {
      entries: [entry(2, 'b'), entry(2, 'a')],
      before: null,
      after: null,
    })
    expect(made?.entries.map((each) => each.id)).toEqual(['m1', 'a', 'b', 'm2'])
  })

  it('joins pages that overlap and keeps the outer edges', () => {
    const made = place([segment(10, 20, 'b10', null)], segment(5, 12, 'b5', 'a12'))
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ before: 'b5', after: null })
    expect(ids(made[0])).toHaveLength(16)
  })

  it('keeps stretches apart that do not touch', () => {
    const made = place([segment(100, 110, 'b', null)], segment(5, 12, 'b5', 'a12'))
    expect(made.map((one) => ids(one)?.[0])).toEqual([5, 100])
  })

  it('gives a new message only to the stretch that touches the present', () => {
    const lists = [segment(1, 3, null, 'a3'), segment(10, 12, 'b10', null)]
    const made = append(lists, entry(13))
    // mutant: append without `if (segment.after !== null) return segment`
    expect(ids(made[0])).toEqual([1, 2, 3])
    expect(ids(made[1])).toEqual([10, 11, 12, 13])
    expect(append([segment(1, 3, null, 'a3')], entry(13))[0]?.entries).toHaveLength(3)
  })

  it('takes a message once, and leaves old ones to the page of their time', () => {
    const lists = [segment(10, 12, 'b10', null)]
    expect(append(lists, entry(12))[0]?.entries).toHaveLength(3)
    expect(append(lists, entry(4))[0]?.entries).toHaveLength(3)
    expect(append([segment(10, 12, null, null)], entry(4))[0]?.entries).toHaveLength(4)
  })

  it('goes on at one side without a shared row', () => {
    const end = segment(10, 12, 'b10', null)
    const [made] = extend([end], end, 'before', segment(7, 9, 'b7', 'a9'))
    expect(ids(made)).toEqual([7, 8, 9, 10, 11, 12])
    expect(made).toMatchObject({ before: 'b7', after: null })
  })

  it('joins a neighbour once reading on has reached it', () => {
    const [old, end] = [segment(1, 5, null, 'a5'), segment(8, 9, 'b8', null)]
    const made = extend([old, end], end, 'before', segment(4, 7, 'b4', 'a7'))
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ before: null, after: null })
  })

  it('trims the far side and can load it again around what is left', () => {
    const made = trim(segment(1, 10, null, null), 4, 'after')
    expect(ids(made)).toEqual([1, 2, 3, 4])
    expect(made.after).toEqual({ around: 'm4' })
    expect(newest([made])).toBeUndefined()
    expect(trim(segment(1, 10, null, null), 4, 'before').before).toEqual({ around: 'm7' })
    expect(holding([made], 'm9')).toBeUndefined()
  })

  it('lets an empty channel take its first message', () => {
    const empty: Segment = { entries: [], before: null, after: null }
    expect(ids(append([empty], entry(1))[0])).toEqual([1])
    expect(place([empty], segment(1, 2, null, null))).toHaveLength(1)
  })
})

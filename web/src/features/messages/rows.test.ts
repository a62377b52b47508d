import { describe, expect, it } from 'vitest'
import type { Unsent } from '@/api/outbox'
import type { Message } from '@/api/types'
import { dayName, dayOf } from '@/ui/days'
import { countNew, makeRows, type RowSource } from './rows'

const MINUTE = 60_000
const noon = new Date(2026, 10, 19, 12, 0).getTime()

interface Said {
  by?: string
  at: number
  deleted?: boolean
}

function source(said: Said[], change: Partial<RowSource> = {}): RowSource {
  const messages = said.map(
    ({ by = 'bo', at, deleted = false }, index) =>
      ({
        id: `m${index}`,
        client_id: `x${index}`,
        author_id: by,
        position: at * 1000,
        deleted,
      }) as Message,
  )
  return {
    entries: messages.map(({ id, position }) => ({ id, position })),
    message: (id) => messages.find((message) => message.id === id),
    unsent: [],
    me: 'ada',
    unreadAfter: null,
    whole: true,
    ...change,
  }
}

const firsts = (said: Said[], change?: Partial<RowSource>) =>
  makeRows(source(said, change)).map((row) => row.first)

describe('grouping', () => {
  it('lets one author follow up for five minutes', () => {
    expect(firsts([{ at: noon }, { at: noon + 4 * MINUTE }, { at: noon + 9 * MINUTE }])).toEqual([
      true,
      false,
      // mutant: GROUPED_MS made longer
      true,
    ])
  })

  it('ends with another author, a deleted message, a new day and the "New" line', () => {
    expect(firsts([{ at: noon }, { by: 'cy', at: noon + 1 }])).toEqual([true, true])
    expect(firsts([{ at: noon }, { at: noon + 1, deleted: true }, { at: noon + 2 }])).toEqual([
      true,
      true,
      true,
    ])
    const midnight = new Date(2026, 10, 20, 0, 0).getTime()
    expect(firsts([{ at: midnight - MINUTE }, { at: midnight + MINUTE }])).toEqual([true, true])
    expect(firsts([{ at: noon }, { at: noon + MINUTE }], { unreadAfter: noon * 1000 })).toEqual([
      true,
      true,
    ])
  })
})

describe('days', () => {
  it('begin with the first message of each', () => {
    const next = new Date(2026, 10, 20, 8, 0).getTime()
    const rows = makeRows(source([{ at: noon }, { at: noon + 1 }, { at: next }]))
    expect(rows.map((row) => row.day)).toEqual(['2026-11-19', null, '2026-11-20'])
  })

  it('are called by what they are', () => {
    expect(dayName('2026-11-19', noon)).toBe('Today, Thursday 19 November')
    expect(dayName('2026-11-18', noon)).toBe('Yesterday, Wednesday 18 November')
    expect(dayName('2026-11-02', noon)).toBe('Monday 2 November')
    expect(dayName('2025-11-02', noon)).toBe('Sunday 2 November 2025')
    expect(dayOf(new Date(2026, 0, 5).getTime())).toBe('2026-01-05')
  })
})

describe('the "New" line', () => {
  const said = [{ at: noon }, { by: 'ada', at: noon + 1 }, { at: noon + 2 }, { at: noon + 3 }]
  const marks = (change: Partial<RowSource>) =>
    makeRows(source(said, change)).map((row) => row.fresh)

  it('stands once, above the first unread message of somebody else', () => {
    // mutant: makeRows without `talk.author !== source.me`
    expect(marks({ unreadAfter: noon * 1000 })).toEqual([false, false, true, false])
    expect(marks({ unreadAfter: null })).toEqual([false, false, false, false])
  })

  it('does not stand where the first unread message is further up than what is loaded', () => {
    expect(marks({ unreadAfter: 1, whole: false })).toEqual([false, false, false, false])
    expect(marks({ unreadAfter: 1, whole: true })).toEqual([true, false, false, false])
  })

  it('counts what others wrote', () => {
    expect(countNew(source(said), noon * 1000)).toBe(2)
  })
})

describe('messages on their way', () => {
  const unsent = (client_id: string, at: number) =>
    ({ client_id, created_at: new Date(at).toISOString() }) as Unsent

  it('follow what is stored, under the key they keep', () => {
    const rows = makeRows(
      source([{ by: 'ada', at: noon }], { unsent: [unsent('new', noon + MINUTE)] }),
    )
    expect(rows.map(({ key, first }) => [key, first])).toEqual([
      ['x0', true],
      ['new', false],
    ])
  })

  it('are one row while stored and unsent overlap', () => {
    const rows = makeRows(source([{ by: 'ada', at: noon }], { unsent: [unsent('x0', noon)] }))
    // mutant: makeRows without `if (seen.has(unsent.client_id)) continue`
    expect(rows.map((row) => row.key)).toEqual(['x0'])
  })
})

it('a message nobody can read still has its row', () => {
  const rows = makeRows({ ...source([{ at: noon }]), message: () => undefined })
  expect(rows).toHaveLength(1)
})

it('begins a thread with its root, and the replies under a line', () => {
  const said = (id: string, position: number) =>
    ({ id, position, client_id: id, author_id: 'ada', deleted: false }) as Message
  const all = new Map([said('root', 1_000_000), said('reply', 2_000_000)].map((m) => [m.id, m]))
  const rows = makeRows({
    entries: [{ id: 'reply', position: 2_000_000 }],
    message: (id) => all.get(id),
    unsent: [],
    me: 'ada',
    unreadAfter: null,
    whole: true,
    root: { id: 'root', position: 1_000_000 },
  })
  expect(rows.map(({ id, first, replies }) => [id, first, replies ?? false])).toEqual([
    ['root', true, false],
    ['reply', true, true],
  ])
})

import { afterEach, beforeEach, describe, expect, it, type MockedObject, vi } from 'vitest'
import { type StreamHooks, Streams, type SyncQuestion } from './sync'
import type { StreamEvent, SyncAnswer } from './types'

// A scripted server stands in for the real one here (a double): answers are given by the test.

const event = (seq: number, id = `m${seq}`): StreamEvent =>
  ({ seq, type: 'history.changed', actor_id: null, cause: null, id }) as unknown as StreamEvent

type Script = (question: SyncQuestion) => SyncAnswer | Promise<SyncAnswer>

let asked: SyncQuestion[]
let applied: [string, number][]
let script: Script
let streams: Streams
let hooks: MockedObject<StreamHooks>
let openStreams: Set<string>

const answer = (parts: SyncAnswer['streams'], change: Partial<SyncAnswer> = {}): SyncAnswer => ({
  epoch: 'e1',
  reset_all: false,
  places_changed: false,
  streams: parts,
  ...change,
})
const events = (list: StreamEvent[], head: number, more = false) =>
  ({ state: 'events', events: list, head, more }) as unknown as SyncAnswer['streams'][string]

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  applied = []
  script = () => answer({})
  openStreams = new Set(['s'])
  hooks = {
    event: vi.fn((one: StreamEvent, stream: string) => void applied.push([stream, one.seq])),
    head: vi.fn(),
    reset: vi.fn(),
    gone: vi.fn(),
    startAfresh: vi.fn(),
    placesChanged: vi.fn(),
  }
  streams = new Streams(
    {
      ask: async (question) => {
        asked.push(question)
        return script(question)
      },
      followed: () => ({ f: 3 }),
      open: () => openStreams,
    },
    hooks,
  )
  streams.epoch = 'e1'
  streams.begin('s', 10)
})
afterEach(() => vi.useRealTimers())

const seqs = () => applied.map(([, seq]) => seq)
const quiet = () => vi.advanceTimersByTimeAsync(0)

describe('live events', () => {
  it('pass in order and once', () => {
    streams.events('s', [event(11), event(12)])
    streams.events('s', [event(12), event(11), event(13)])
    // mutant: Streams.live without `event.seq <= seq`
    expect(seqs()).toEqual([11, 12, 13])
    expect(streams.seq('s')).toBe(13)
  })

  it('ask the database when one is missing, and never apply past the gap', async () => {
    script = () => answer({ s: events([event(11), event(12), event(13)], 13) })
    streams.events('s', [event(13)])
    // mutant: Streams.live without `if (event.seq > seq + 1)`
    expect(seqs()).toEqual([])
    await quiet()
    expect(asked).toEqual([{ epoch: 'e1', open: { s: 10 }, followed: {} }])
    expect(seqs()).toEqual([11, 12, 13])
  })

  it('that come during the question wait for its answer', async () => {
    let give: (value: SyncAnswer) => void = () => undefined
    script = () => new Promise((resolve) => (give = resolve))
    streams.events('s', [event(12)])
    await quiet()
    streams.events('s', [event(13), event(14)])
    expect(seqs()).toEqual([])
    give(answer({ s: events([event(11), event(13)], 13) }))
    await quiet()
    // 12 was overwritten by 13: last event per object. 13 came twice, is applied once.
    expect(seqs()).toEqual([11, 13, 14])
    expect(streams.seq('s')).toBe(14)
  })

  it('of streams we do not hold are left alone', () => {
    streams.events('stranger', [event(1)])
    expect(applied).toEqual([])
  })

  it('one that cannot be applied does not stop the next', () => {
    hooks.event.mockImplementationOnce(() => {
      throw new Error('malformed')
    })
    streams.events('s', [event(11), event(12)])
    expect(seqs()).toEqual([12])
    expect(streams.failures).toBe(1)
  })
})

describe('heads', () => {
  it('that are ahead ask, others do not', async () => {
    streams.head('s', 10)
    streams.head('stranger', 99)
    await quiet()
    expect(asked).toEqual([])
    script = () => answer({ s: events([event(11)], 11) })
    // mutant: Streams.head with `>=` turned to `<`, or without the comparison
    streams.head('s', 11)
    await quiet()
    expect(asked).toHaveLength(1)
  })

  it('heard of while a page loads are compared when it is there', async () => {
    const release = streams.hold('new')
    streams.head('new', 6)
    streams.begin('new', 5)
    script = () => answer({ new: events([event(6)], 6) })
    release()
    await quiet()
    // mutant: the release in Streams.hold without `this.head(stream, entry.head)`
    expect(applied).toEqual([['new', 6]])
  })
})

describe('a first page', () => {
  it('makes its events wait, so that none is lost between the rows and the stream', () => {
    const release = streams.hold('new')
    streams.events('new', [event(4), event(5), event(6), event(7)])
    streams.begin('new', 5)
    expect(applied).toEqual([])
    release()
    release()
    // mutant: Streams.events applying although `waiting` has the stream
    expect(applied).toEqual([
      ['new', 6],
      ['new', 7],
    ])
  })

  it('never moves a stream that is held already', () => {
    streams.begin('s', 20)
    expect(streams.seq('s')).toBe(10)
  })
})

describe('catching up', () => {
  it('asks for the open streams it holds, and for the followed ones', async () => {
    streams.begin('closed', 4)
    await streams.catchUpAll()
    expect(asked).toEqual([{ epoch: 'e1', open: { s: 10 }, followed: { f: 3 } }])
  })

  it('asks again while there is more', async () => {
    const pages = [events([event(11), event(12)], 12, true), events([event(14)], 14)]
    script = () => answer({ s: pages.shift() as ReturnType<typeof events> })
    await streams.catchUpAll()
    expect(asked.map((question) => question.open)).toEqual([{ s: 10 }, { s: 12 }])
    expect(streams.seq('s')).toBe(14)
  })

  it('tells of heads, resets and places that are gone', async () => {
    openStreams = new Set(['s', 't'])
    streams.begin('t', 1)
    const head = { head: 9, last_position: 5, read_position: 4, mentions: 2 }
    script = () =>
      answer(
        { s: { state: 'reset', head: 40 }, t: { state: 'gone' }, f: { state: 'head', ...head } },
        { places_changed: true },
      )
    await streams.catchUpAll()
    expect(hooks.reset).toHaveBeenCalledWith('s')
    expect(streams.seq('s')).toBe(40)
    expect(hooks.gone).toHaveBeenCalledWith('t')
    expect(streams.seq('t')).toBeUndefined()
    expect(hooks.head).toHaveBeenCalledWith('f', {
      seq: 9,
      position: 5,
      read_position: 4,
      mentions: 2,
    })
    expect(hooks.placesChanged).toHaveBeenCalled()
  })

  it('starts afresh when the log is another one', async () => {
    script = () => answer({ s: events([event(2)], 2) }, { epoch: 'e2' })
    await streams.catchUpAll()
    // mutant: Streams.take without the comparison of epochs
    expect(hooks.startAfresh).toHaveBeenCalledTimes(1)
    expect(applied).toEqual([])
    expect(streams.seq('s')).toBeUndefined()
  })

  it('asks again later when the answer does not come', async () => {
    script = () => Promise.reject(new Error('503'))
    streams.events('s', [event(13)])
    await quiet()
    expect(asked).toHaveLength(1)
    script = () => answer({ s: events([event(13)], 13) })
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toHaveLength(2)
    expect(seqs()).toEqual([13])
  })
})

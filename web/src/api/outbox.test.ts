import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bare } from './bare'
import { ApiError } from './client'
import { Device } from './device'
import { Outbox, type OutboxWorld, type Unsent } from './outbox'
import type { Message } from './types'

// The server is a double here: each post is answered by the next entry of the script.

type Reply = 'ok' | ApiError
const stored = new Map<string, Message & { seq: number }>()
let sent: { channel: string; text: string; id: string }[]
let script: Reply[]
let posted: string[]
let device: Device
let locks: Map<string, Promise<void>>
let outboxes: Outbox[]

const unreachable = new ApiError(0, 'network', 'unreachable')
const refused = new ApiError(403, 'forbidden', 'You may not write here.')

function world(): OutboxWorld {
  return {
    shelf: device.shelf('outbox'),
    post: async (channel, { client_id, text }) => {
      sent.push({ channel, text, id: client_id })
      const reply = script.shift() ?? 'ok'
      if (reply !== 'ok') throw reply
      const message = stored.get(client_id) ?? made(channel, client_id, text)
      stored.set(client_id, message)
      return message
    },
    posted: (message) => void posted.push(message.text),
    alone: (channel, work) => {
      const turn = (locks.get(channel) ?? Promise.resolve()).then(work)
      locks.set(
        channel,
        turn.catch(() => undefined),
      )
      return turn
    },
    tell: () => undefined,
    random: () => 0.5,
  }
}

function made(channel_id: string, client_id: string, text: string): Message & { seq: number } {
  const seq = stored.size + 1
  const rest = { ...bare, created_at: '', author_id: 'me' }
  return { id: `m${seq}`, channel_id, client_id, text, seq, position: seq, ...rest }
}

function open(): Outbox {
  const outbox = new Outbox(world())
  outboxes.push(outbox)
  return outbox
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  stored.clear()
  ;[sent, script, posted, outboxes, locks] = [[], [], [], [], new Map()]
  device = new Device()
  await device.wipe()
  await device.open({ id: 'ada', offline_copy: true })
})
afterEach(() => {
  for (const outbox of outboxes) outbox.stop()
  device.close()
  vi.useRealTimers()
})

// fake-indexeddb answers by setImmediate, which stays real.
const rest = async (ms = 0) => {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((done) => setImmediate(done))
  if (ms > 0) {
    await vi.advanceTimersByTimeAsync(ms)
    await rest()
  }
}
const texts = () => sent.map((one) => one.text)

describe('order', () => {
  it('sends one after the other, in the order they were written', async () => {
    const outbox = open()
    for (const text of ['one', 'two', 'three']) outbox.add('c', text)
    expect(outbox.of('c').map((row) => row.text)).toEqual(['one', 'two', 'three'])
    await rest()
    expect(texts()).toEqual(['one', 'two', 'three'])
    expect(outbox.of('c')).toEqual([])
    expect(posted).toEqual(['one', 'two', 'three'])
  })

  it('holds back what comes behind a message that has not arrived', async () => {
    script = [unreachable]
    const outbox = open()
    outbox.add('c', 'one')
    outbox.add('c', 'two')
    await rest()
    // mutant: Outbox.send returning true after `this.later(...)`
    expect(texts()).toEqual(['one'])
    await rest(60_000)
    expect(texts()).toEqual(['one', 'one', 'two'])
  })

  it('holds back one channel only', async () => {
    script = [unreachable]
    const outbox = open()
    outbox.add('c', 'stuck')
    await rest()
    outbox.add('d', 'free')
    await rest()
    expect(texts()).toEqual(['stuck', 'free'])
  })
})

describe('an unknown outcome', () => {
  it.each([
    ['no line', unreachable],
    ['the server fell over', new ApiError(502, 'bad_gateway', '')],
    ['a timeout on the way', new ApiError(408, 'timeout', '')],
    ['too many requests', new ApiError(429, 'too_many', '')],
    ['the session is being renewed', new ApiError(401, 'unauthenticated', '')],
  ])('is sent again with the same client id: %s', async (_name, problem) => {
    script = [problem]
    const outbox = open()
    const id = outbox.add('c', 'again')
    await rest()
    expect(outbox.of('c')[0]).toMatchObject({ state: 'waiting' })
    await rest(60_000)
    // mutant: Outbox.add making the client_id in `send` instead
    expect(sent.map((one) => one.id)).toEqual([id, id])
    expect(stored.size).toBe(1)
  })

  it('waits as long as the server asks', async () => {
    script = [new ApiError(503, 'unavailable', '', null, null, 20)]
    open().add('c', 'later')
    await rest(19_000)
    // mutant: Outbox.later without `asked * 1000`
    expect(sent).toHaveLength(1)
    await rest(2000)
    expect(sent).toHaveLength(2)
  })

  it('goes at once when the line is back', async () => {
    script = [new ApiError(503, 'unavailable', '', null, null, 600)]
    const outbox = open()
    outbox.add('c', 'back')
    await rest()
    outbox.wake()
    await rest()
    expect(sent).toHaveLength(2)
  })
})

describe('a clear no', () => {
  it('sets the message aside with the reason and lets the rest pass', async () => {
    script = [refused]
    const outbox = open()
    const id = outbox.add('c', 'no')
    outbox.add('c', 'yes')
    await rest()
    // mutant: `refused` returning false for 403
    expect(texts()).toEqual(['no', 'yes'])
    expect(outbox.of('c')).toMatchObject([
      { client_id: id, state: 'failed', reason: 'You may not write here.' },
    ])
  })

  it('is tried again when asked, or taken away', async () => {
    script = [refused, refused]
    const outbox = open()
    const [first, second] = [outbox.add('c', 'first'), outbox.add('c', 'second')]
    await rest()
    outbox.retry(first)
    outbox.remove(second)
    await rest()
    expect(texts()).toEqual(['first', 'second', 'first'])
    expect(outbox.of('c')).toEqual([])
    expect(await device.shelf('outbox').all()).toEqual([])
  })
})

describe('the device', () => {
  it('keeps unsent messages over a reload, and they go out in order', async () => {
    script = [unreachable]
    const before = open()
    before.add('c', 'one')
    before.add('c', 'two')
    await rest()
    before.stop()
    const after = open()
    await after.load()
    // mutant: Outbox.keep without `shelf.put`
    expect(after.of('c').map((row) => row.text)).toEqual(['one', 'two'])
    after.wake()
    await rest()
    expect(texts()).toEqual(['one', 'one', 'two'])
    expect(stored.size).toBe(2)
  })

  it('lets two tabs send every message once', async () => {
    script = [unreachable]
    const [left, right] = [open(), open()]
    left.add('c', 'one')
    left.add('c', 'two')
    await rest()
    await right.load()
    left.wake()
    right.wake()
    await rest()
    // mutant: Outbox.drain without `await this.load()` under the lock
    expect(texts()).toEqual(['one', 'one', 'two'])
  })

  it('forgets everything when wiped', async () => {
    script = [unreachable]
    open().add('c', 'secret')
    await rest()
    await device.wipe()
    await device.open({ id: 'ada', offline_copy: true })
    // mutant: Device.wipe without `deleteDatabase`
    expect(await device.shelf('outbox').all<Unsent>()).toEqual([])
  })

  it('keeps nothing where the policy forbids copies', async () => {
    await device.open({ id: 'ada', offline_copy: false })
    script = [unreachable]
    open().add('c', 'never on disk')
    await rest()
    const names = (await indexedDB.databases()).map((one) => one.name)
    // mutant: Device.open ignoring `offline_copy`
    expect(names).toEqual([])
  })

  it('never shows one person the copies of another', async () => {
    script = [unreachable]
    open().add('c', 'of ada')
    await rest()
    await device.open({ id: 'bo', offline_copy: true })
    expect(await device.shelf('outbox').all()).toEqual([])
  })
})

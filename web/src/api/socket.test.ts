import { afterEach, beforeEach, describe, expect, it, type MockedObject, vi } from 'vitest'
import { backoff, Socket, type SocketHooks } from './socket'

/** A double of the browser's WebSocket: the test plays the server. */
class FakeLine {
  readyState = 0
  sent: unknown[] = []
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  constructor(readonly protocols: string[]) {
    lines.push(this)
  }
  send(data: string) {
    this.sent.push(JSON.parse(data))
  }
  close(code: number) {
    this.drop(code)
  }
  hello() {
    this.readyState = 1
    this.say({ hello: { epoch: 'e', min_client: 1 } })
  }
  say(frame: unknown) {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) })
  }
  drop(code: number) {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

let lines: FakeLine[]
let hooks: MockedObject<SocketHooks>
let socket: Socket
let tickets: number

const last = () => lines.at(-1) as FakeLine
const rest = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  ;[lines, tickets] = [[], 0]
  hooks = {
    ticket: vi.fn(async () => {
      tickets += 1
      return `t${tickets}`
    }),
    frame: vi.fn(),
    state: vi.fn(),
    ended: vi.fn(),
  }
  socket = new Socket(hooks, {
    connect: (protocols) => new FakeLine(protocols) as unknown as WebSocket,
    random: () => 1,
  })
  socket.start()
})
afterEach(() => {
  socket.stop()
  vi.useRealTimers()
})

describe('the line', () => {
  it('brings its ticket as a subprotocol, never in the address', async () => {
    await rest()
    expect(last().protocols).toEqual(['courtyard.1', 'ticket.t1'])
  })

  it('is online with the hello, and passes frames on', async () => {
    await rest()
    expect(hooks.state).not.toHaveBeenCalledWith('online')
    last().hello()
    expect(hooks.state).toHaveBeenLastCalledWith('online')
    last().say('not json')
    last().say('[1]')
    last().say({ s: 'x', e: [] })
    expect(hooks.frame).toHaveBeenCalledTimes(2)
  })

  it('comes back with a new ticket, later each time', async () => {
    await rest()
    last().drop(1006)
    await rest(499)
    expect(lines).toHaveLength(1)
    await rest(1)
    expect(lines).toHaveLength(2)
    last().drop(1006)
    await rest(999)
    // mutant: Socket.retry without `this.attempt += 1`
    expect(lines).toHaveLength(2)
    await rest(1)
    expect(last().protocols[1]).toBe('ticket.t3')
  })

  it('comes back at once when the network does', async () => {
    await rest()
    last().drop(1006)
    socket.nudge()
    await rest()
    expect(lines).toHaveLength(2)
  })

  it('stays away when the session ended', async () => {
    await rest()
    last().hello()
    last().drop(4001)
    await rest(120_000)
    // mutant: Socket.closed without the branch for 4001
    expect(hooks.ended).toHaveBeenCalledTimes(1)
    expect(lines).toHaveLength(1)
  })

  it('tries again when there is no ticket to be had', async () => {
    hooks.ticket.mockRejectedValue(new Error('503'))
    await rest()
    hooks.ticket.mockRejectedValue(new Error('503'))
    last()?.drop(1006)
    await rest(500)
    hooks.ticket.mockResolvedValue('good')
    await rest(30_000)
    expect(last().protocols[1]).toBe('ticket.good')
  })

  it('does not take news of an old line for the present one', async () => {
    await rest()
    const old = last()
    old.drop(1006)
    await rest(500)
    last().hello()
    old.say({ s: 'x', e: [] })
    old.drop(4001)
    expect(hooks.frame).toHaveBeenCalledTimes(1)
    expect(hooks.ended).not.toHaveBeenCalled()
  })

  it('asks for a sign of life after a silence and gives a dead line up', async () => {
    await rest()
    last().hello()
    await rest(60_000)
    expect(last().sent).toEqual([{ op: 'open', streams: [] }])
    await rest(10_000)
    expect(hooks.state).toHaveBeenLastCalledWith('offline')
    await rest(500)
    expect(lines).toHaveLength(2)
  })
})

it('spreads a crowd between nothing and a ceiling of 30 s', () => {
  expect(backoff(0, 1)).toBe(500)
  expect(backoff(3, 1)).toBe(4000)
  expect(backoff(40, 1)).toBe(30_000)
  expect(backoff(40, 0)).toBe(0)
})

/** What the socket tells its owner. */
export interface SocketHooks {
  /** Asks the server for a single-use ticket. */
  ticket(): Promise<string>
  frame(frame: Record<string, unknown>): void
  state(state: 'connecting' | 'online' | 'offline'): void
  /** The server ended the session (close code 4001). */
  ended(): void
}

/** What the socket needs from its surroundings; tests bring doubles. */
export interface SocketWorld {
  connect(protocols: string[]): WebSocket
  random(): number
}

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** Without any frame for this long, an asked question shows whether the line is alive. */
const PROBE_MS = 60_000
const PROBE_PATIENCE_MS = 10_000

/** Full jitter: anywhere below a ceiling that doubles from 0.5 s to 30 s, so that a crowd spreads. */
export function backoff(attempt: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16))
}

const browser: SocketWorld = {
  connect(protocols) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    return new WebSocket(`${scheme}://${location.host}/api/socket`, protocols)
  },
  random: Math.random,
}

/** One WebSocket that comes back by itself until it is stopped. */
export class Socket {
  private line: WebSocket | null = null
  private attempt = 0
  private running = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private probe: ReturnType<typeof setTimeout> | undefined
  /** Counts connections, so that late news of an old one is not taken for the present one's. */
  private round = 0

  constructor(
    private readonly hooks: SocketHooks,
    private readonly world: SocketWorld = browser,
  ) {}

  /** Connects and keeps connecting. */
  start(): void {
    if (this.running) return
    this.running = true
    void this.connect()
  }

  /** Closes for good. */
  stop(): void {
    this.running = false
    this.round += 1
    clearTimeout(this.timer)
    clearTimeout(this.probe)
    this.line?.close(1000)
    this.line = null
    this.hooks.state('offline')
  }

  /** Sends an operation; says whether there was a line to send it on. */
  send(operation: Record<string, unknown>): boolean {
    if (this.line?.readyState !== 1) return false
    this.line.send(JSON.stringify(operation))
    return true
  }

  /** The network or the person is back: do not wait any longer. */
  nudge(): void {
    if (!this.running) return
    if (this.line) {
      this.check()
      return
    }
    clearTimeout(this.timer)
    this.attempt = 0
    void this.connect()
  }

  /** Asks for a sign of life; half-open lines look healthy from inside. */
  private check(): void {
    clearTimeout(this.probe)
    // The present set is asked again: harmless, and answered with heads worth comparing.
    if (!this.send(this.ping())) return
    this.probe = setTimeout(() => this.line?.close(4000), PROBE_PATIENCE_MS)
  }

  /** The operation used as a sign of life; the owner replaces it by its open set. */
  ping: () => Record<string, unknown> = () => ({ op: 'open', streams: [] })

  private async connect(): Promise<void> {
    this.round += 1
    const round = this.round
    this.hooks.state('connecting')
    let ticket: string
    try {
      ticket = await this.hooks.ticket()
    } catch {
      if (round === this.round) this.retry()
      return
    }
    if (round !== this.round || !this.running) return
    const line = this.world.connect(['courtyard.1', `ticket.${ticket}`])
    this.line = line
    line.onmessage = (event: MessageEvent<unknown>) => {
      if (round === this.round) this.received(event.data)
    }
    line.onclose = (event: CloseEvent) => {
      if (round === this.round) this.closed(event.code)
    }
  }

  private received(data: unknown): void {
    clearTimeout(this.probe)
    this.probe = setTimeout(() => this.check(), PROBE_MS)
    const frame = parse(data)
    if (!frame) return
    if ('hello' in frame) {
      this.attempt = 0
      this.hooks.state('online')
    }
    this.hooks.frame(frame)
  }

  private closed(code: number): void {
    clearTimeout(this.probe)
    this.line = null
    if (code === 4001) {
      this.running = false
      this.hooks.state('offline')
      this.hooks.ended()
      return
    }
    this.retry()
  }

  private retry(): void {
    if (!this.running) return
    this.hooks.state('offline')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.connect(), backoff(this.attempt, this.world.random()))
    this.attempt += 1
  }
}

function parse(data: unknown): Record<string, unknown> | null {
  try {
    const frame: unknown = JSON.parse(String(data))
    return typeof frame === 'object' && frame !== null && !Array.isArray(frame)
      ? (frame as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

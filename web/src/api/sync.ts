import { backoff } from './socket'
import type { StreamEvent, SyncAnswer } from './types'

/** What a followed channel that is not open says of itself. */
export interface HeadNews {
  seq: number
  position: number
  /** Only in answers; live, `counts.changed` tells it. */
  mentions?: number
  read_position?: number
}

/** What the streams tell the rest of the client. */
export interface StreamHooks {
  event(event: StreamEvent, stream: string): void
  head(stream: string, news: HeadNews): void
  /** Too much was missed: load this place again. */
  reset(stream: string): void
  gone(stream: string): void
  /** The log is another one (a restore): drop everything and start afresh. */
  startAfresh(): void
  placesChanged(): void
}

/** The question asked of `POST /api/sync`. */
export interface SyncQuestion {
  epoch: string | null
  open: Record<string, number>
  followed: Record<string, number>
}

/** What the streams need; tests bring doubles. */
export interface StreamWorld {
  ask(question: SyncQuestion): Promise<SyncAnswer>
  /** Followed channels that are not open, with the head we know. */
  followed(): Record<string, number>
  /** Streams whose full events we want: the core ones and the open channels. */
  open(): ReadonlySet<string>
}

type Answer = SyncAnswer['streams'][string]
interface Waiting {
  holds: number
  events: StreamEvent[]
  /** The highest head heard of meanwhile. */
  head: number
}
const LONGEST_BUFFER = 2000

/**
 * Holds the last `seq` of every open stream. Events pass in order and once; a gap, a head that is
 * ahead or a new connection asks the database. The socket is a hint, the answer is the truth.
 */
export class Streams {
  epoch: string | null = null
  /** Events that could not be applied; the page goes on without them. */
  failures = 0
  private readonly seqs = new Map<string, number>()
  private readonly waiting = new Map<string, Waiting>()
  private readonly wanted = new Set<string>()
  private askFollowed = false
  private attempt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking: Promise<void> | null = null

  constructor(
    private readonly world: StreamWorld,
    private readonly hooks: StreamHooks,
  ) {}

  /** The last seq applied of a stream; undefined when we do not hold it. */
  seq(stream: string): number | undefined {
    return this.seqs.get(stream)
  }

  /** All streams held, with their seqs; a copy worth keeping on the device. */
  held(): Record<string, number> {
    return Object.fromEntries(this.seqs)
  }

  /** Begins to hold a stream at the head its first answer named. A stream already held stays. */
  begin(stream: string, head: number): void {
    if (!this.seqs.has(stream)) this.seqs.set(stream, head)
  }

  /** Stops holding a stream. */
  forget(stream: string): void {
    this.seqs.delete(stream)
    this.waiting.delete(stream)
    this.wanted.delete(stream)
  }

  /** Forgets everything, for a sign-out. */
  clear(): void {
    for (const map of [this.seqs, this.waiting, this.wanted]) map.clear()
    this.askFollowed = false
    clearTimeout(this.timer)
    this.epoch = null
  }

  /**
   * While rows of a place are on their way its events wait: rows read before an event must not
   * arrive after it was applied to a list that did not exist yet.
   */
  hold(stream: string): () => void {
    const entry = this.waiting.get(stream) ?? { holds: 0, events: [], head: 0 }
    entry.holds += 1
    this.waiting.set(stream, entry)
    let released = false
    return () => {
      if (released) return
      released = true
      entry.holds -= 1
      if (entry.holds > 0 || this.waiting.get(stream) !== entry) return
      this.waiting.delete(stream)
      this.events(stream, entry.events)
      this.head(stream, entry.head)
    }
  }

  /** Takes live events of a stream. */
  events(stream: string, events: readonly StreamEvent[]): void {
    const entry = this.waiting.get(stream)
    if (entry) {
      entry.events.push(...events)
      // The oldest go; what is missing then is a gap like any other.
      if (entry.events.length > LONGEST_BUFFER) entry.events.splice(0, LONGEST_BUFFER / 2)
      return
    }
    for (const event of events) this.live(stream, event)
  }

  /** Learns a head: if it is ahead of ours, we missed something. */
  head(stream: string, head: number): void {
    const entry = this.waiting.get(stream)
    if (entry) {
      entry.head = Math.max(entry.head, head)
      return
    }
    const seq = this.seqs.get(stream)
    if (seq !== undefined && head > seq) this.catchUp(stream)
  }

  /** Asks for what was missed in these streams. */
  catchUp(...streams: string[]): void {
    for (const stream of streams) if (this.seqs.has(stream)) this.wanted.add(stream)
    if (this.wanted.size > 0) void this.run()
  }

  /** Asks for everything: after connecting, and when rights changed. */
  catchUpAll(): Promise<void> {
    for (const stream of this.world.open()) if (this.seqs.has(stream)) this.wanted.add(stream)
    this.askFollowed = true
    return this.run()
  }

  private live(stream: string, event: StreamEvent): void {
    const seq = this.seqs.get(stream)
    if (seq === undefined || event.seq <= seq) return
    if (event.seq > seq + 1) {
      this.catchUp(stream)
      return
    }
    this.seqs.set(stream, event.seq)
    this.apply(stream, event)
  }

  private apply(stream: string, event: StreamEvent): void {
    try {
      this.hooks.event(event, stream)
    } catch {
      // One malformed event must not stop the stream behind it.
      this.failures += 1
    }
  }

  private run(): Promise<void> {
    this.asking ??= this.work().finally(() => {
      this.asking = null
    })
    return this.asking
  }

  private async work(): Promise<void> {
    while (this.wanted.size > 0 || this.askFollowed) {
      const batch = [...this.wanted].filter((stream) => this.seqs.has(stream))
      const all = this.askFollowed
      this.wanted.clear()
      this.askFollowed = false
      const releases = batch.map((stream) => this.hold(stream))
      try {
        this.take(await this.world.ask(this.question(batch, all)))
        this.attempt = 0
      } catch {
        this.later(batch, all)
        return
      } finally {
        for (const release of releases) release()
      }
    }
  }

  /** The question was not answered: ask again, less and less often. A new connection asks at once. */
  private later(batch: readonly string[], all: boolean): void {
    for (const stream of batch) this.wanted.add(stream)
    this.askFollowed ||= all
    this.attempt += 1
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.run(), backoff(this.attempt, Math.random()))
  }

  private question(batch: readonly string[], all: boolean): SyncQuestion {
    const open = Object.fromEntries(batch.map((stream) => [stream, this.seqs.get(stream) ?? 0]))
    return { epoch: this.epoch, open, followed: all ? this.world.followed() : {} }
  }

  private take(answer: SyncAnswer): void {
    const known = this.epoch
    this.epoch = answer.epoch
    if (answer.reset_all || (known !== null && known !== answer.epoch)) {
      this.seqs.clear()
      this.waiting.clear()
      this.hooks.startAfresh()
      return
    }
    for (const [stream, part] of Object.entries(answer.streams)) this.takeStream(stream, part)
    if (answer.places_changed) this.hooks.placesChanged()
  }

  private takeStream(stream: string, part: Answer): void {
    if (part.state === 'gone') {
      this.forget(stream)
      this.hooks.gone(stream)
    } else if (part.state === 'head') {
      const { head, last_position, read_position, mentions } = part
      this.hooks.head(stream, { seq: head, position: last_position, read_position, mentions })
    } else if (part.state === 'reset') {
      this.seqs.set(stream, part.head)
      this.hooks.reset(stream)
    } else this.takeEvents(stream, part)
  }

  private takeEvents(stream: string, part: Extract<Answer, { state: 'events' }>): void {
    // Last event per object: seqs skip here by right, so no gap is looked for.
    // The answer's types say only what every event has; live frames and these are the same.
    for (const event of part.events as unknown as StreamEvent[]) this.apply(stream, event)
    this.seqs.set(stream, Math.max(this.seqs.get(stream) ?? 0, part.head))
    if (part.more) this.wanted.add(stream)
  }
}

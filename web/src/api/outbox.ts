import { ApiError } from './client'
import type { Shelf } from './device'
import { backoff } from './socket'
import { Topics, useTopic } from './store'
import type { FileOut, Message, NewMessage } from './types'

/** What goes with the words: into a thread, as an answer, forwarded, with files. */
export type With = Partial<
  Pick<NewMessage, 'root_id' | 'also' | 'reply_to' | 'forward_of' | 'file_ids'>
>

/** A message that is not known to have arrived. */
export interface Unsent {
  client_id: string
  channel_id: string
  text: string
  with: With
  /** What the files of `with` are, to show them meanwhile. */
  files?: readonly FileOut[]
  created_at: string
  /** Grows with every message: the order they were written in, also after a reload. */
  order: number
  state: 'waiting' | 'failed'
  /** Why it was set aside, in the server's words. */
  reason: string | null
}

/** What the outbox needs; tests bring doubles. */
export interface OutboxWorld {
  shelf: Shelf
  post(
    channelId: string,
    body: { client_id: string; text: string } & With,
  ): Promise<Message & { seq: number }>
  /** The message is stored: show it before its unsent copy goes, so that nothing flickers. */
  posted(message: Message & { seq: number }): void
  /** Runs `work` while no other tab sends for this channel. */
  alone(channelId: string, work: () => Promise<void>): Promise<void>
  /** Tells the other tabs that the shelf changed. */
  tell(): void
  random(): number
}

const NOTHING: readonly Unsent[] = []

/** Unsent messages by channel: in order, one at a time, until the server has said yes or no. */
export class Outbox {
  readonly topics = new Topics()
  private readonly rows = new Map<string, Unsent>()
  private readonly views = new Map<string, readonly Unsent[]>()
  private readonly draining = new Set<string>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly attempts = new Map<string, number>()
  private last = 0
  private stopped = false

  constructor(private readonly world: OutboxWorld) {}

  /** Reads what an earlier page, or another tab, left. */
  async load(): Promise<void> {
    const rows = await this.world.shelf.all<Unsent>()
    if (this.stopped) return
    const channels = new Set([...this.rows.values()].map((row) => row.channel_id))
    this.rows.clear()
    for (const row of rows) {
      this.rows.set(row.client_id, row)
      this.last = Math.max(this.last, row.order)
      channels.add(row.channel_id)
    }
    for (const channel of channels) this.changed(channel)
  }

  /** Unsent messages of a channel, in the order they were written. */
  of(channelId: string): readonly Unsent[] {
    let view = this.views.get(channelId)
    if (!view) {
      const mine = [...this.rows.values()].filter((row) => row.channel_id === channelId)
      view = mine.length > 0 ? mine.sort((a, b) => a.order - b.order) : NOTHING
      this.views.set(channelId, view)
    }
    return view
  }

  /** How many messages would be lost by signing out now. */
  get size(): number {
    return this.rows.size
  }

  /** Takes a message; it is on the screen at once and on its way. */
  add(channelId: string, text: string, more: With = {}, files?: readonly FileOut[]): string {
    const now = Date.now()
    this.last = Math.max(this.last + 1, now)
    const row: Unsent = {
      client_id: crypto.randomUUID(),
      channel_id: channelId,
      text,
      with: more,
      ...(files ? { files } : {}),
      created_at: new Date(now).toISOString(),
      order: this.last,
      state: 'waiting',
      reason: null,
    }
    void this.keep(row).then(() => this.drain(channelId))
    return row.client_id
  }

  /** Puts a message that was set aside back in line. */
  retry(clientId: string): void {
    const row = this.rows.get(clientId)
    if (!row) return
    this.attempts.delete(row.channel_id)
    void this.keep({ ...row, state: 'waiting', reason: null }).then(() =>
      this.drain(row.channel_id),
    )
  }

  /** Takes a message out: sent, seen in the stream, or given up by its author. */
  remove(clientId: string): void {
    const row = this.rows.get(clientId)
    if (!row) return
    this.rows.delete(clientId)
    this.changed(row.channel_id)
    void this.world.shelf.remove(clientId).then(() => this.world.tell())
  }

  /** The line is back: try every channel now. */
  wake(): void {
    for (const channel of new Set([...this.rows.values()].map((row) => row.channel_id))) {
      this.attempts.delete(channel)
      void this.drain(channel)
    }
  }

  /** No more sending, for a sign-out. */
  stop(): void {
    this.stopped = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.rows.clear()
    this.views.clear()
    this.topics.emitAll()
  }

  private async keep(row: Unsent): Promise<void> {
    this.rows.set(row.client_id, row)
    this.changed(row.channel_id)
    // A full or refused disk must not keep the message from going out.
    await this.world.shelf.put(row.client_id, row).catch(() => undefined)
    this.world.tell()
  }

  private changed(channelId: string): void {
    this.views.delete(channelId)
    this.topics.emit(channelId)
  }

  private next(channelId: string): Unsent | undefined {
    return this.of(channelId).find((row) => row.state === 'waiting')
  }

  private async drain(channelId: string): Promise<void> {
    clearTimeout(this.timers.get(channelId))
    this.timers.delete(channelId)
    if (this.stopped || this.draining.has(channelId)) return
    this.draining.add(channelId)
    let done = true
    try {
      await this.world.alone(channelId, async () => {
        // Another tab may have sent some of these while we waited for our turn.
        await this.load().catch(() => undefined)
        while (done && !this.stopped) {
          const row = this.next(channelId)
          if (!row) return
          done = await this.send(row)
        }
      })
    } finally {
      this.draining.delete(channelId)
    }
    // Written between the last look and now: its own drain found us still busy.
    if (done && this.next(channelId)) void this.drain(channelId)
  }

  /** Sends one; false means "not now, and nothing behind it either". */
  private async send(row: Unsent): Promise<boolean> {
    try {
      const body = { client_id: row.client_id, text: row.text, ...row.with }
      const message = await this.world.post(row.channel_id, body)
      this.attempts.delete(row.channel_id)
      this.world.posted(message)
      this.remove(row.client_id)
      return true
    } catch (problem) {
      if (refused(problem)) {
        await this.keep({ ...row, state: 'failed', reason: problem.message })
        return true
      }
      this.later(row.channel_id, problem)
      return false
    }
  }

  private later(channelId: string, problem: unknown): void {
    const attempt = (this.attempts.get(channelId) ?? 0) + 1
    this.attempts.set(channelId, attempt)
    const asked = problem instanceof ApiError ? problem.retryAfter : null
    const wait = asked === null ? backoff(attempt, this.world.random()) : asked * 1000
    if (this.stopped) return
    this.timers.set(
      channelId,
      setTimeout(() => void this.drain(channelId), wait),
    )
  }
}

/** A clear no, which sending again would not change. */
function refused(problem: unknown): problem is ApiError {
  if (!(problem instanceof ApiError)) return false
  const { status } = problem
  return status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429
}

/** Unsent messages of a channel, re-rendering when they change. */
export function useUnsent(outbox: Outbox, channelId: string): readonly Unsent[] {
  return useTopic(outbox.topics, channelId, () => outbox.of(channelId))
}

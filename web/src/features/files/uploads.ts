import { ApiError } from '@/api/client'
import { backoff } from '@/api/socket'
import { Topics, useTopic } from '@/api/store'
import type { FileOut, UploadOut } from '@/api/types'
import type { Attachment, UploadWorld } from './attachment'

/** How many files go up side by side. */
const LANES = 3
/** The server takes no smaller pieces, but at the end. */
const LEAST_BYTES = 64 * 1024
const MOST_BYTES = 2 * 1024 * 1024
/** After so many troubles of the server in a row one has to say "again". */
const PATIENCE = 6

interface Job {
  view: Attachment
  bytes: Blob
  clientId: string
  upload: string | null
  abort: AbortController
  attempt: number
  most: number
  timer?: ReturnType<typeof setTimeout>
}

const NOTHING: readonly Attachment[] = []

class Unreadable extends Error {}

/** Files on their way, by the place they will be said in. Lives longer than any view. */
export class Uploads {
  readonly topics = new Topics()
  private readonly jobs = new Map<string, Job>()
  private readonly running = new Set<string>()
  private readonly views = new Map<string, readonly Attachment[]>()
  private readonly held = new Map<string, (files: FileOut[]) => void>()

  constructor(private readonly world: UploadWorld) {}

  /** What goes with the draft of a place, in the order it was added. */
  of(place: string): readonly Attachment[] {
    let view = this.views.get(place)
    if (!view) {
      const mine = [...this.jobs.values()].filter((job) => job.view.place === place)
      view = mine.length > 0 ? mine.map((job) => job.view) : NOTHING
      this.views.set(place, view)
    }
    return view
  }

  /** How much would be lost by leaving the page now. */
  get size(): number {
    return this.jobs.size
  }

  /** Takes files in; they begin to go up at once. */
  add(place: string, files: readonly File[]): void {
    for (const file of files) this.take(place, file)
    this.changed(place)
    this.fill()
  }

  private take(place: string, file: File): void {
    const id = crypto.randomUUID()
    const { name, size, type: media } = file
    const thumb = this.world.picture(file)
    const start = { state: 'queued', sent: 0, problem: null, file: null } as const
    this.jobs.set(id, {
      view: { id, place, name, size, media, thumb, ...start },
      bytes: file,
      clientId: id,
      upload: null,
      abort: new AbortController(),
      attempt: 0,
      most: Number.POSITIVE_INFINITY,
    })
  }

  /** Takes a file out again, wherever it stands. */
  remove(id: string): void {
    const job = this.jobs.get(id)
    if (!job) return
    this.drop(job)
    if (job.upload) void this.world.cancel(job.upload).catch(() => undefined)
    this.changed(job.view.place)
    this.settle(job.view.place)
    this.fill()
  }

  /** Once more, from where it stands. */
  retry(id: string): void {
    const job = this.jobs.get(id)
    if (job?.view.state !== 'failed') return
    job.attempt = 0
    this.set(job, { state: 'queued', problem: null })
    this.fill()
  }

  /** The line is back: what waits goes on. */
  wake(): void {
    for (const job of this.jobs.values()) {
      if (job.view.state !== 'waiting') continue
      job.attempt = 0
      this.queue(job)
    }
    this.fill()
  }

  /** Hands the files over as soon as all are there; a failure ends the wait. */
  whenReady(place: string, deliver: (files: FileOut[]) => void): void {
    this.held.set(place, deliver)
    this.settle(place)
    this.topics.emit(place)
  }

  /** Is something said in this place that waits for its files? */
  isHeld(place: string): boolean {
    return this.held.has(place)
  }

  /** Ends the wait; the words stay in the field. */
  release(place: string): void {
    if (this.held.delete(place)) this.topics.emit(place)
  }

  /** Lets go of everything, for a sign-out. */
  clear(): void {
    for (const job of [...this.jobs.values()]) this.drop(job)
    this.held.clear()
    this.views.clear()
    this.topics.emitAll()
  }

  private settle(place: string): void {
    const deliver = this.held.get(place)
    if (!deliver) return
    const all = this.of(place)
    if (all.some(({ state }) => state === 'failed')) {
      this.release(place)
      return
    }
    const files = all.flatMap(({ file }) => file ?? [])
    if (files.length < all.length) return
    for (const { id } of all) {
      const job = this.jobs.get(id)
      if (job) this.drop(job)
    }
    deliver(files)
    this.held.delete(place)
    this.changed(place)
  }

  private drop(job: Job): void {
    this.jobs.delete(job.view.id)
    this.running.delete(job.view.id)
    clearTimeout(job.timer)
    job.abort.abort()
    if (job.view.thumb) this.world.forget(job.view.thumb)
  }

  private queue(job: Job): void {
    clearTimeout(job.timer)
    this.set(job, { state: 'queued' })
  }

  private fill(): void {
    for (const job of this.jobs.values()) {
      if (this.running.size >= LANES) return
      if (job.view.state === 'queued') void this.run(job)
    }
  }

  private async run(job: Job): Promise<void> {
    const { id } = job.view
    this.running.add(id)
    this.set(job, { state: 'sending', problem: null })
    try {
      let at = await this.position(job)
      // Taken out while the server was asked: nobody else would tell it.
      if (!this.jobs.has(id)) return void (await this.world.cancel(at.id))
      while (!at.file) {
        at = await this.piece(job, at)
        this.set(job, { sent: at.received })
      }
      this.set(job, { state: 'ready', sent: at.received, file: at.file })
    } catch (problem) {
      if (this.jobs.has(id)) this.trouble(job, problem)
    } finally {
      this.running.delete(id)
      this.settle(job.view.place)
      this.fill()
    }
  }

  /** Where the upload stands: it begins, or goes on from what the server has. */
  private async position(job: Job): Promise<UploadOut> {
    if (job.upload) return this.world.state(job.upload)
    const { name, size } = job.view
    const begun = await this.world.start({ client_id: job.clientId, name, size })
    job.upload = begun.id
    return begun
  }

  private async piece(job: Job, at: UploadOut): Promise<UploadOut> {
    const end = at.received + Math.min(at.chunk_size, job.most)
    const bytes = await job.bytes
      .slice(at.received, end)
      .arrayBuffer()
      .catch(() => Promise.reject(new Unreadable()))
    try {
      const next = await this.world.piece(at.id, at.received, bytes, job.abort.signal)
      job.attempt = 0
      return next
    } catch (problem) {
      const right = rightOffset(problem)
      if (right === null || right === at.received) throw problem
      return { ...at, received: right }
    }
  }

  private trouble(job: Job, problem: unknown): void {
    job.attempt += 1
    const refusal = this.refusal(job, problem)
    if (refusal !== null) {
      this.set(job, { state: 'failed', problem: refusal })
      return
    }
    const { status, retryAfter } = asApi(problem)
    if (status === 404) {
      // Given up by the server meanwhile: from the beginning.
      job.upload = null
      job.clientId = crypto.randomUUID()
    }
    // A slow line: less at once, so that a piece arrives in the time it has.
    if (status === 0 || status === 408) {
      job.most = Math.max(LEAST_BYTES, Math.min(job.most, MOST_BYTES) / 2)
    }
    this.set(job, { state: 'waiting' })
    const wait = retryAfter === null ? backoff(job.attempt, this.world.random()) : retryAfter * 1000
    job.timer = setTimeout(() => {
      this.queue(job)
      this.fill()
    }, wait)
  }

  /** Why going on by itself would not help; null when it may. */
  private refusal(job: Job, problem: unknown): string | null {
    if (problem instanceof Unreadable) return this.world.words('unreadable')
    const { status, message } = asApi(problem)
    const patient = job.attempt < PATIENCE
    if (status === 0 || status === 429 || (status === 404 && patient)) return null
    if (status >= 400 && status < 500 && ![401, 404, 408, 409].includes(status)) return message
    return patient ? null : this.world.words('server')
  }

  private set(job: Job, patch: Partial<Attachment>): void {
    job.view = { ...job.view, ...patch }
    if (this.jobs.has(job.view.id)) this.changed(job.view.place)
  }

  private changed(place: string): void {
    this.views.delete(place)
    this.topics.emit(place)
  }
}

const asApi = (problem: unknown) =>
  problem instanceof ApiError ? problem : new ApiError(0, 'network', '')

function rightOffset(problem: unknown): number | null {
  if (!(problem instanceof ApiError) || problem.code !== 'wrong_offset') return null
  const offset = Number.parseInt(problem.fields?.offset ?? '', 10)
  return Number.isFinite(offset) ? offset : null
}

/** What goes with the draft of a place, re-rendering when it changes. */
export function useAttachments(uploads: Uploads, place: string): readonly Attachment[] {
  return useTopic(uploads.topics, place, () => uploads.of(place))
}

/** Whether something in this place waits for its files. */
export function useHeld(uploads: Uploads, place: string): boolean {
  return useTopic(uploads.topics, place, () => uploads.isHeld(place))
}

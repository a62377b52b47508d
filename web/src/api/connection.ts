import { api, unwrap } from './client'
import { device } from './device'
import { clearDrafts, loadDrafts } from './drafts'
import { entities } from './entities'
import {
  clearPlaces,
  fetchPlaces,
  keepPlaces,
  keptPlaces,
  places,
  standing,
  takeHead,
  takePlaces,
} from './places'
import { endSession, type Session, session } from './session'
import { backoff, Socket } from './socket'
import { cell, useCell } from './store'
import { type HeadNews, type StreamHooks, Streams } from './sync'
import type { Ephemeral, Message, StreamEvent } from './types'
import { onPosted, outbox, renewOutbox } from './unsent'

/** What the page does with news; `app/live.ts` composes it from the slices. */
export interface LiveHooks extends Pick<StreamHooks, 'event' | 'reset' | 'gone'> {
  ephemeral(item: Ephemeral, stream: string): void
  posted(message: Message & { seq: number }): void
  /** Everything known was dropped: forget lists and load again. */
  startAfresh(): void
  /** The line is up and asked for what was missed. */
  online(): void
}

/** The line to the server, for the thin bar. `since` lets short breaks pass unseen. */
export interface Connection {
  state: 'offline' | 'connecting' | 'online'
  since: number
}

/** The version of the wire this client speaks; the server may ask for a newer one. */
const CLIENT = 1
const MOST_OPEN = 8

/** The state of the line. */
export const connection = cell<Connection>({ state: 'connecting', since: Date.now() })
/** True when the server no longer speaks to this version: offer the update. */
export const outdated = cell(false)
/** Frames of a kind this version does not know. */
const ignored = { frames: 0 }

/** The state of the line, re-rendering when it changes. */
export function useConnection(): Connection {
  return useCell(connection)
}

let hooks: LiveHooks | null = null
let open: readonly string[] = []
/** Workspace, own and group streams: always open. */
let core: ReadonlySet<string> = new Set()
/** Counts the lives of this page: what was begun for one person must not end for another. */
let life = 0
/** The life that went online already. */
let onlineLife = 0
/** Ends the wait before the next try to load the places. */
let wakeUp: (() => void) | null = null
let here: { id: string; offline_copy: boolean } | null = null

/** The streams this page holds. */
export const streams = new Streams(
  {
    ask: (body) => unwrap(api.POST('/api/sync', { body })),
    followed: () => {
      const closed = entities.all('channel').filter((one) => one.followed && !open.includes(one.id))
      return Object.fromEntries(closed.map((one) => [one.id, one.head]))
    },
    open: () => new Set([...core, ...open]),
  },
  {
    event: (event: StreamEvent, stream) => {
      hooks?.event(event, stream)
      // After the event: the hope ends in the same breath in which it came true.
      entities.settle(event.cause)
    },
    head: takeHead,
    reset: (stream) => (core.has(stream) ? void reloadPlaces() : hooks?.reset(stream)),
    gone: (stream) => {
      entities.remove('channel', stream)
      hooks?.gone(stream)
    },
    startAfresh: () => {
      entities.clear()
      hooks?.startAfresh()
      void reloadPlaces()
    },
    placesChanged: () => void reloadPlaces(),
  },
)

const socket = new Socket({
  ticket: async () => (await unwrap(api.POST('/api/socket/ticket'))).ticket,
  frame: takeFrame,
  state: (state) => {
    if (connection.get().state !== state) connection.set({ state, since: Date.now() })
  },
  ended: () => void endSession(),
})
socket.ping = () => ({ op: 'open', streams: open })

/** Sends an operation if the line is up; operations are hints and are not kept for later. */
export function operate(operation: Record<string, unknown>): boolean {
  return socket.send(operation)
}

/** Opens a channel's stream, with the few visited before it, so that going back is instant. */
export function visit(channelId: string): void {
  if (open[0] === channelId) return
  open = [channelId, ...open.filter((id) => id !== channelId)].slice(0, MOST_OPEN)
  operate({ op: 'open', streams: open })
}

/** Follows the session: brings the person's data up, keeps it live, takes it down. */
export function startLive(next: LiveHooks): void {
  hooks = next
  onPosted(next.posted)
  session.subscribe(() => void follow(session.get()))
  void follow(session.get())
  addEventListener('online', awake)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') awake()
  })
}

function awake(): void {
  wakeUp?.()
  socket.nudge()
  outbox.wake()
}

async function follow(current: Session): Promise<void> {
  if (!current.me) {
    if (here) takeDown()
    return
  }
  const { id, offline_copy } = current.me
  if (here?.id !== id || here.offline_copy !== offline_copy) {
    here = { id, offline_copy }
    life += 1
    await bringUp(current, life)
  } else if (current.state === 'signed-in' && core.size === 0) await goOnline(life)
}

async function bringUp({ me }: Session, mine: number): Promise<void> {
  if (!me) return
  await device.open(me)
  renewOutbox()
  const [kept] = await Promise.all([keptPlaces(), loadDrafts(), outbox.load()])
  if (mine !== life) return
  if (kept && places.get().state === 'loading') {
    takePlaces(kept, 'kept', standing())
    streams.epoch = kept.epoch
  }
  // Asked now, not before the wait: the session may have come back meanwhile.
  if (session.get().state === 'signed-in') await goOnline(mine)
  else connection.set({ state: 'offline', since: Date.now() })
}

function takeDown(): void {
  life += 1
  here = null
  socket.stop()
  outbox.stop()
  streams.clear()
  core = new Set()
  open = []
  clearDrafts()
  clearPlaces()
  entities.clear()
  hooks?.startAfresh()
}

async function goOnline(mine: number): Promise<void> {
  if (onlineLife === mine) return
  onlineLife = mine
  for (let attempt = 0; mine === life; attempt += 1) {
    try {
      await loadPlaces()
      break
    } catch {
      if (connection.get().state !== 'offline')
        connection.set({ state: 'offline', since: Date.now() })
      await new Promise<void>((wake) => {
        wakeUp = wake
        setTimeout(wake, backoff(attempt + 1, Math.random()))
      })
    }
  }
  if (mine === life) socket.start()
}

let loading: Promise<void> | null = null
let askedAgain = false

/** Loads the places again: rights, follows or the list itself changed. One at a time. */
export async function reloadPlaces(): Promise<void> {
  if (loading) {
    askedAgain = true
    return loading
  }
  loading = loadPlaces()
    .catch(() => undefined)
    .finally(() => {
      loading = null
      if (!askedAgain) return
      askedAgain = false
      void reloadPlaces()
    })
  return loading
}

async function loadPlaces(): Promise<void> {
  const mine = life
  const releases = [...core].map((stream) => streams.hold(stream))
  const asked = standing()
  try {
    const answer = await fetchPlaces()
    if (mine !== life) return
    if (streams.epoch !== null && streams.epoch !== answer.epoch) {
      streams.clear()
      entities.clear()
      hooks?.startAfresh()
    }
    streams.epoch = answer.epoch
    takePlaces(answer, 'ready', asked, new Set(open))
    const fresh = Object.keys(answer.heads).filter((stream) => !core.has(stream))
    for (const [stream, head] of Object.entries(answer.heads)) streams.begin(stream, head)
    for (const stream of core) if (!(stream in answer.heads)) streams.forget(stream)
    const first = core.size === 0
    core = new Set(Object.keys(answer.heads))
    // A new group's events between the answer and now went past us.
    if (!first) streams.catchUp(...fresh)
    void keepPlaces(answer)
  } finally {
    for (const release of releases) release()
  }
}

/** What of a frame is ours to read; the rest is counted and left. */
function takeFrame(frame: Record<string, unknown>): void {
  try {
    if (typeof frame.s === 'string') takeStreamFrame(frame.s, frame)
    else if (frame.hello) takeHello(frame.hello as { min_client?: number })
    else if (frame.opened) takeOpened(frame.opened as Record<string, number>)
    else if (Array.isArray(frame.heads)) {
      for (const { s, ...news } of frame.heads as (HeadNews & { s: string })[]) takeHead(s, news)
    } else if (frame.presence) takePresence(frame.presence as Record<string, string>)
    else ignored.frames += 1
  } catch {
    ignored.frames += 1
  }
}

function takeStreamFrame(stream: string, frame: Record<string, unknown>): void {
  if (Array.isArray(frame.e)) streams.events(stream, frame.e as StreamEvent[])
  if (!Array.isArray(frame.x)) return
  for (const item of frame.x as Ephemeral[]) hooks?.ephemeral(item, stream)
}

function takeHello(hello: { min_client?: number }): void {
  outdated.set((hello.min_client ?? 0) > CLIENT)
  operate({ op: 'open', streams: open })
  void streams.catchUpAll()
  outbox.wake()
  hooks?.online()
}

function takeOpened(opened: Record<string, number>): void {
  for (const [stream, head] of Object.entries(opened)) streams.head(stream, head)
}

function takePresence(states: Record<string, string>): void {
  for (const [user_id, state] of Object.entries(states)) {
    hooks?.ephemeral({ type: 'presence', user_id, state } as Ephemeral, '')
  }
}

import { useEffect } from 'react'
import { connection, operate } from '@/api/connection'
import { Topics, useTopic } from '@/api/store'
import type { Ephemeral, PresenceState, User } from '@/api/types'
import type { PresenceState as Dot } from '@/ui/Avatar'
import { startedTyping } from './typing'

const IDLE_MS = 10 * 60_000
const GATHER_MS = 100
const MOST = 200

const topics = new Topics()
const states = new Map<string, PresenceState>()
/** How many views have a person on screen. */
const watched = new Map<string, number>()
let timer: ReturnType<typeof setTimeout> | undefined

/** A person's presence as far as we know; asked for only while someone looks. */
export function usePresence(userId: string): PresenceState {
  return useTopic(topics, userId, () => states.get(userId) ?? 'offline')
}

/** The dot beside somebody: none when they are away from every device. Watches while on screen. */
export function useDot(user: Pick<User, 'id' | 'dnd'>): Dot | undefined {
  useWatch([user.id])
  const state = usePresence(user.id)
  if (state === 'offline') return undefined
  return user.dnd ? 'dnd' : state
}

/** Keeps the presence of these people coming while the view is on screen. */
export function useWatch(userIds: readonly string[]): void {
  const key = userIds.join(' ')
  useEffect(() => {
    const ids = key ? key.split(' ') : []
    for (const id of ids) watched.set(id, (watched.get(id) ?? 0) + 1)
    watchSoon()
    return () => {
      for (const id of ids) leave(id)
      watchSoon()
    }
  }, [key])
}

/** This slice's handlers of what is never stored. */
export const presenceNews = {
  typing: (item: Extract<Ephemeral, { type: 'typing' }>, stream: string) =>
    startedTyping(stream, item.user_id, item.expires_in),
  presence: (item: Extract<Ephemeral, { type: 'presence' }>) => {
    states.set(item.user_id, item.state)
    topics.emit(item.user_id)
  },
}

/** A new line knows nothing of us: say how we are and whom we look at. */
export function presenceOnline(): void {
  operate({ op: 'presence', state: mine })
  watchSoon()
}

/** Forgets everyone, for a sign-out. */
export function clearPresence(): void {
  states.clear()
  topics.emitAll()
}

function leave(id: string): void {
  const count = (watched.get(id) ?? 1) - 1
  if (count > 0) watched.set(id, count)
  else watched.delete(id)
}

function watchSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(
    () => operate({ op: 'watch', users: [...watched.keys()].slice(0, MOST) }),
    GATHER_MS,
  )
}

let mine: 'online' | 'idle' = 'online'
let idle: ReturnType<typeof setTimeout> | undefined

function say(state: 'online' | 'idle'): void {
  if (mine === state) return
  mine = state
  if (connection.get().state === 'online') operate({ op: 'presence', state })
}

function active(): void {
  clearTimeout(idle)
  idle = setTimeout(() => say('idle'), IDLE_MS)
  say('online')
}

/** Watches for signs of the person at this device: ten minutes without any is away. */
export function watchInput(): void {
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const) {
    addEventListener(name, active, { passive: true, capture: true })
  }
  active()
}

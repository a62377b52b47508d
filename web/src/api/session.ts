import { ApiError, api, setBearer, unwrap } from './client'
import { device } from './device'
import { cell, useCell } from './store'
import type { Me, SignedIn } from './types'

/** Who is here. `offline` is a known person whose session cannot be checked right now. */
export type Session =
  | { state: 'loading' | 'signed-out'; me: null }
  | { state: 'signed-in' | 'offline'; me: Me }

type News = { kind: 'token'; answer: SignedIn } | { kind: 'ended' }
type Renewal = 'renewed' | 'refused' | 'unreachable'

const EARLY_MS = 60_000
const JITTER_MS = 30_000
const RETRY_MS = 5_000

/** The session of this page. */
export const session = cell<Session>({ state: 'loading', me: null })

// The token stays in this module's memory: no storage a script or a backup could read later.
let token: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let renewing: Promise<Renewal> | null = null
const tabs =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('courtyard.session')

/** The session, re-rendering when it changes. */
export function useSession(): Session {
  return useCell(session)
}

/** Signs in with a password; throws `ApiError` when refused. */
export async function signIn(email: string, password: string, remember: boolean): Promise<Me> {
  return adopt(await unwrap(api.POST('/api/sessions', { body: { email, password, remember } })))
}

/** Takes a session over from any answer that carries one (sign-in, setup, invite, password). */
export function adopt(answer: SignedIn): Me {
  take(answer)
  tabs?.postMessage({ kind: 'token', answer } satisfies News)
  return answer.me
}

/** Replaces what we know of ourselves, after a change of name or picture. */
export function updateMe(me: Me): void {
  if (session.get().state !== 'signed-in') return
  device.remember(me)
  session.set({ state: 'signed-in', me })
}

/** Signs out here and in every tab. Local copies go even when the server cannot be told. */
export async function signOut(): Promise<void> {
  device.leftUnheard = true
  try {
    await unwrap(api.DELETE('/api/sessions/current'))
    device.leftUnheard = false
  } catch (problem) {
    if (problem instanceof ApiError && problem.status === 401) device.leftUnheard = false
  }
  await endSession()
}

/** The server ended the session, or we did: wipe this device's copies and go to sign-in. */
export async function endSession(): Promise<void> {
  leave()
  tabs?.postMessage({ kind: 'ended' } satisfies News)
  await device.wipe()
}

/** Finds out who is here when the page opens. */
export async function restoreSession(): Promise<void> {
  if (device.leftUnheard) return finishLeaving()
  const result = await renew()
  if (result !== 'unreachable') return
  const me = device.lastUser()
  session.set(me ? { state: 'offline', me } : { state: 'signed-out', me: null })
  again()
}

function take(answer: SignedIn): void {
  const before = session.get().me
  if (before && before.id !== answer.me.id) {
    // Another person signed in from another tab: nothing of the first may stay on screen.
    location.reload()
    return
  }
  token = answer.access_token
  device.leftUnheard = false
  device.remember(answer.me)
  session.set({ state: 'signed-in', me: answer.me })
  const early = EARLY_MS + Math.random() * JITTER_MS
  schedule(Math.max(RETRY_MS, answer.expires_in * 1000 - early))
}

function leave(): void {
  token = null
  clearTimeout(timer)
  session.set({ state: 'signed-out', me: null })
}

function schedule(ms: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void renew().then((result) => result === 'unreachable' && again()), ms)
}

function again(): void {
  schedule(RETRY_MS + Math.random() * RETRY_MS)
}

async function finishLeaving(): Promise<void> {
  leave()
  await device.wipe()
  try {
    const response = await fetch('/api/sessions/refresh', { method: 'POST' })
    if (response.ok) {
      const { access_token } = (await response.json()) as SignedIn
      const headers = { Authorization: `Bearer ${access_token}` }
      await fetch('/api/sessions/current', { method: 'DELETE', headers })
    }
    if (response.status < 500) device.leftUnheard = false
  } catch {
    // Still unreachable: the mark stays, the next opening tries again.
  }
}

/** One refresh at a time over all tabs; a tab that waited may find the work done. */
function renew(stale: string | null = token): Promise<Renewal> {
  renewing ??= locked(async (): Promise<Renewal> => {
    if (token !== null && token !== stale) return 'renewed'
    return refresh()
  }).finally(() => {
    renewing = null
  })
  return renewing
}

async function refresh(): Promise<Renewal> {
  try {
    const signal = AbortSignal.timeout(15_000)
    const response = await fetch('/api/sessions/refresh', { method: 'POST', signal })
    if (response.ok) {
      adopt((await response.json()) as SignedIn)
      return 'renewed'
    }
    if (response.status !== 401 && response.status !== 403) return 'unreachable'
    await endSession()
    return 'refused'
  } catch {
    return 'unreachable'
  }
}

function locked<T>(work: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'undefined' || !navigator.locks) return work()
  return navigator.locks.request('courtyard.refresh', work) as Promise<T>
}

setBearer({
  token: () => token,
  renew: async (stale) => (await renew(stale)) === 'renewed',
})
if (tabs) {
  tabs.onmessage = ({ data }: MessageEvent<News>) => {
    if (data.kind === 'token') take(data.answer)
    else leave()
  }
}
if (typeof addEventListener === 'function') {
  addEventListener('online', () => {
    if (session.get().state === 'offline') void renew()
  })
}

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api, unwrap } from './client'
import { device } from './device'
import { adopt, endSession, restoreSession, session, signOut } from './session'
import type { Me } from './types'

// The server is a double here: answers by method and path, in the order given.

const me: Me = {
  id: 'ada',
  name: 'Ada Okafor',
  email: 'ada@example.org',
  title: '',
  avatar: null,
  workspace_role: 'member',
  offline_copy: true,
  status: null,
  dnd: false,
  dnd_until: null,
  quiet_hours: null,
}
const signedIn = (token: string) => ({ access_token: token, expires_in: 300, me })
const json = (status: number, body: unknown = {}) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status })

let asked: string[]
let answers: Record<string, (() => Response | Promise<Response>)[]>

beforeEach(() => {
  asked = []
  answers = {}
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = typeof input === 'string' ? new Request(`http://x${input}`, init) : input
    const bearer = request.headers.get('Authorization')?.replace('Bearer ', '') ?? '-'
    const name = `${request.method} ${new URL(request.url).pathname}`
    asked.push(`${name} ${bearer}`)
    const next = answers[name]?.shift()
    if (!next) throw new TypeError('Failed to fetch')
    return next()
  })
})
afterEach(async () => {
  answers = {}
  await endSession()
  localStorage.clear()
  vi.unstubAllGlobals()
})

const REFRESH = 'POST /api/sessions/refresh'
const ME = 'GET /api/me'

it('a refresh token that is good signs in', async () => {
  answers[REFRESH] = [() => json(200, signedIn('t1'))]
  await restoreSession()
  expect(session.get()).toEqual({ state: 'signed-in', me })
})

it('a refused one wipes this device and asks to sign in', async () => {
  device.remember(me)
  await device.open(me)
  await device.shelf('drafts').put('c', { text: 'secret' })
  answers[REFRESH] = [() => json(401)]
  await restoreSession()
  expect(session.get().state).toBe('signed-out')
  // mutant: `refresh` in session.ts without `await endSession()`
  expect(await indexedDB.databases()).toEqual([])
  expect(device.lastUser()).toBeNull()
})

it('no line opens with whom this device knows, nobody known means sign in', async () => {
  device.remember(me)
  await restoreSession()
  expect(session.get()).toEqual({ state: 'offline', me })
  await endSession()
  await restoreSession()
  expect(session.get().state).toBe('signed-out')
})

it('a person whose policy forbids copies is not remembered', async () => {
  device.remember({ ...me, offline_copy: false })
  await restoreSession()
  expect(session.get().state).toBe('signed-out')
})

it('an expired token is renewed once for all requests that met it', async () => {
  adopt(signedIn('old'))
  answers[REFRESH] = [() => json(200, signedIn('new'))]
  answers[ME] = [() => json(401), () => json(401), () => json(200, me), () => json(200, me)]
  await Promise.all([unwrap(api.GET('/api/me')), unwrap(api.GET('/api/me'))])
  // mutant: `renewing ??= …` in session.ts turned into `renewing = …`
  expect(asked.filter((one) => one.startsWith(REFRESH))).toHaveLength(1)
  expect(asked.filter((one) => one === `${ME} new`)).toHaveLength(2)
})

it('a 401 after the renewal is the answer, not a circle', async () => {
  adopt(signedIn('old'))
  answers[REFRESH] = [() => json(200, signedIn('new'))]
  answers[ME] = [() => json(401), () => json(401)]
  await expect(unwrap(api.GET('/api/me'))).rejects.toMatchObject({ status: 401 })
  expect(asked.filter((one) => one.startsWith(ME))).toHaveLength(2)
})

it('a sign-out the server did not hear of holds, and is told at the next opening', async () => {
  adopt(signedIn('t1'))
  await signOut()
  expect(session.get().state).toBe('signed-out')
  answers[REFRESH] = [() => json(200, signedIn('t2'))]
  answers['DELETE /api/sessions/current'] = [() => json(204)]
  await restoreSession()
  // mutant: `restoreSession` without the line for `device.leftUnheard`
  expect(session.get().state).toBe('signed-out')
  expect(asked.at(-1)).toBe('DELETE /api/sessions/current t2')
  expect(device.leftUnheard).toBe(false)
})

it('carries the words of a refusal', async () => {
  adopt(signedIn('t1'))
  const error = { code: 'invalid', message: 'Too short.', fields: { name: 'short' }, ref: 'K7' }
  answers[ME] = [() => json(422, { error })]
  await expect(unwrap(api.GET('/api/me'))).rejects.toMatchObject({
    status: 422,
    code: 'invalid',
    message: 'Too short.',
    fields: { name: 'short' },
    ref: 'K7',
    outcomeUnknown: false,
  })
})

import createClient from 'openapi-fetch'
import type { paths } from './schema.gen'

const PATIENCE_MS = 15_000

/** Why a request failed: the server's own words, or `network` with status 0. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string> | null = null,
    readonly ref: string | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** The write may or may not have happened: send the same body again. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status === 408 || this.status >= 500
  }
}

/** Where the client finds its access token, and how it asks for a new one. */
export interface Bearer {
  token(): string | null
  /** Resolves to true when a fresh token is at hand; refused or unreachable is false. */
  renew(stale: string): Promise<boolean>
}

let bearer: Bearer = { token: () => null, renew: async () => false }

/** Lets the session hand its token to every request without the client knowing sessions. */
export function setBearer(next: Bearer): void {
  bearer = next
}

async function attempt(request: Request, token: string | null): Promise<Response> {
  const headers = new Headers(request.headers)
  if (token) headers.set('Authorization', `Bearer ${token}`)
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)])
  try {
    return await fetch(new Request(request, { headers, signal }))
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new ApiError(0, 'network', cause instanceof Error ? cause.message : 'unreachable')
  }
}

/** Sends with the bearer; a 401 is tried once more after a refresh. */
export async function send(request: Request): Promise<Response> {
  const token = bearer.token()
  // The body can be read only once, so the second attempt needs its own copy.
  const again = token ? request.clone() : null
  const first = await attempt(request, token)
  if (first.status !== 401 || !token || !again) return first
  if (!(await bearer.renew(token))) return first
  return attempt(again, bearer.token())
}

/** The typed client: `api.GET('/api/places')`. Wrap calls in `unwrap`. */
export const api = createClient<paths>({
  // Tests run without a page; there the address is never used.
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: send,
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Gives the body of a good answer, or throws what went wrong as an `ApiError`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) return data as T
  throw failure(response, error)
}

function failure(response: Response, body: unknown): ApiError {
  const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  const retryAfter = Number.isFinite(wait) ? wait : null
  const said = isRecord(body) && isRecord(body.error) ? body.error : {}
  return new ApiError(
    response.status,
    text(said.code) ?? `http_${response.status}`,
    text(said.message) ?? response.statusText,
    isRecord(said.fields) ? (said.fields as Record<string, string>) : null,
    text(said.ref),
    retryAfter,
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

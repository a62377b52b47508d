import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import type { FileOut, UploadOut } from '@/api/types'
import type { UploadWorld } from './attachment'
import { Uploads } from './uploads'

const CHUNK = 1024 * 1024
const PLACE = 'place'

/** A server that keeps bytes, and a line that can be cut. */
function world() {
  const held = new Map<string, { size: number; received: number; name: string }>()
  const log: string[] = []
  const state = { cut: false, cutAt: -1, refuse: null as ApiError | null }
  const out = (id: string): UploadOut => {
    const upload = held.get(id)
    if (!upload) throw new ApiError(404, 'not_found', 'gone')
    const done = upload.received === upload.size && log.includes(`end ${upload.name}`)
    const file = done ? ({ id: `file-${upload.name}`, name: upload.name } as FileOut) : null
    return { id, size: upload.size, received: upload.received, chunk_size: CHUNK, file }
  }
  const ask = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve()
    if (state.cut) throw new ApiError(0, 'network', 'unreachable')
    return work()
  }
  const made: UploadWorld = {
    start: ({ client_id, name, size }) =>
      ask(() => {
        if (state.refuse) throw state.refuse
        if (!held.has(client_id)) held.set(client_id, { size, received: 0, name })
        log.push(`start ${name}`)
        return out(client_id)
      }),
    piece: (id, offset, bytes, signal) => {
      if (offset === state.cutAt) state.cut = true
      return ask(() => {
        if (signal.aborted) throw new DOMException('aborted', 'AbortError')
        const upload = held.get(id)
        if (!upload) throw new ApiError(404, 'not_found', 'gone')
        if (offset !== upload.received) {
          const fields = { offset: String(upload.received) }
          throw new ApiError(409, 'wrong_offset', 'elsewhere', fields)
        }
        upload.received += bytes.byteLength
        log.push(`${upload.name} ${offset}+${bytes.byteLength}`)
        if (upload.received === upload.size) log.push(`end ${upload.name}`)
        return out(id)
      })
    },
    state: (id) => ask(() => out(id)),
    cancel: async (id) => {
      log.push(`cancel ${held.get(id)?.name}`)
      held.delete(id)
    },
    picture: () => null,
    forget: () => undefined,
    words: (problem) => problem,
    random: () => 0.5,
  }
  return { held, log, state, made, uploads: new Uploads(made) }
}

const file = (name: string, size: number) => new File([new Uint8Array(size)], name)
const states = (uploads: Uploads) => uploads.of(PLACE).map(({ state }) => state)
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function until(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !check(); turn += 1) await settled()
  expect(check()).toBe(true)
}

it('sends the pieces in order, and an empty one for an empty file', async () => {
  const { uploads, log } = world()
  uploads.add(PLACE, [file('big', 2.5 * CHUNK), file('empty', 0)])
  await until(() => states(uploads).every((state) => state === 'ready'))
  expect(log.filter((line) => line.startsWith('big'))).toEqual([
    `big 0+${CHUNK}`,
    `big ${CHUNK}+${CHUNK}`,
    `big ${2 * CHUNK}+${CHUNK / 2}`,
  ])
  expect(log).toContain('empty 0+0')
  expect(uploads.of(PLACE)[0]).toMatchObject({ sent: 2.5 * CHUNK, file: { id: 'file-big' } })
})

it('sends three at a time, and the next when one is done', async () => {
  const { uploads, log } = world()
  uploads.add(
    PLACE,
    ['a', 'b', 'c', 'd'].map((name) => file(name, CHUNK)),
  )
  expect(states(uploads)).toEqual(['sending', 'sending', 'sending', 'queued'])
  await until(() => states(uploads).every((state) => state === 'ready'))
  expect(log.indexOf('start d')).toBeGreaterThan(log.indexOf('end a'))
})

it('goes on from where the server stands', async () => {
  const { uploads, log, held, made } = world()
  const piece = made.piece
  let lost = false
  // The piece arrives, its answer does not.
  made.piece = async (id, offset, bytes, signal) => {
    const answer = await piece(id, offset, bytes, signal)
    if (lost) return answer
    lost = true
    return { ...answer, received: 0 }
  }
  uploads.add(PLACE, [file('a', 2 * CHUNK)])
  await until(() => states(uploads)[0] === 'ready')
  expect(log.filter((line) => line.startsWith('a '))).toEqual([
    `a 0+${CHUNK}`,
    `a ${CHUNK}+${CHUNK}`,
  ])
  expect([...held.values()][0]?.received).toBe(2 * CHUNK)
})

it('waits while the line is cut, and resumes when it is back', async () => {
  const { uploads, log, state } = world()
  state.cutAt = CHUNK
  uploads.add(PLACE, [file('a', 3 * CHUNK)])
  await until(() => states(uploads)[0] === 'waiting')
  const sent = uploads.of(PLACE)[0]?.sent ?? 0
  state.cutAt = -1
  state.cut = false
  uploads.wake()
  await until(() => states(uploads)[0] === 'ready')
  expect(log.filter((line) => line === `a 0+${CHUNK}`)).toHaveLength(1)
  expect(log.some((line) => line.startsWith(`a ${sent}+`))).toBe(true)
  expect(log.filter((line) => line === 'start a')).toHaveLength(1)
})

it('takes a file out: its upload ends on the server too', async () => {
  const { uploads, log, held } = world()
  uploads.add(PLACE, [file('a', 3 * CHUNK), file('b', CHUNK)])
  // Before the server has answered: what it then begins must go as well.
  const [a, b] = uploads.of(PLACE)
  uploads.remove(a?.id ?? '')
  await until(() => log.includes('cancel a'))
  await until(() => states(uploads)[0] === 'ready')
  uploads.remove(b?.id ?? '')
  await settled()
  expect(uploads.of(PLACE)).toEqual([])
  expect(held.size).toBe(0)
})

it('says why a file is refused, and tries again when asked', async () => {
  const { uploads, state } = world()
  state.refuse = new ApiError(413, 'too_large', 'Files may have up to 100 MB here.')
  uploads.add(PLACE, [file('a', CHUNK)])
  await until(() => states(uploads)[0] === 'failed')
  const [a] = uploads.of(PLACE)
  expect(a?.problem).toBe('Files may have up to 100 MB here.')
  state.refuse = null
  uploads.retry(a?.id ?? '')
  await until(() => states(uploads)[0] === 'ready')
})

it('begins again when the server has given the upload up', async () => {
  const { uploads, log, state, held } = world()
  state.cutAt = CHUNK
  uploads.add(PLACE, [file('a', 2 * CHUNK)])
  await until(() => states(uploads)[0] === 'waiting')
  held.clear()
  state.cutAt = -1
  state.cut = false
  uploads.wake()
  await vi.advanceTimersByTimeAsync(10_000)
  await until(() => states(uploads)[0] === 'ready')
  expect(log.filter((line) => line === 'start a')).toHaveLength(2)
})

it('hands the files over once all are there, and holds nothing after a failure', async () => {
  const { uploads, state } = world()
  const delivered = vi.fn()
  uploads.add(PLACE, [file('a', CHUNK), file('b', 2 * CHUNK)])
  uploads.whenReady(PLACE, delivered)
  expect(uploads.isHeld(PLACE)).toBe(true)
  await until(() => !uploads.isHeld(PLACE))
  expect(delivered.mock.calls).toEqual([
    [
      [
        { id: 'file-a', name: 'a' },
        { id: 'file-b', name: 'b' },
      ],
    ],
  ])
  expect(uploads.of(PLACE)).toEqual([])
  state.refuse = new ApiError(413, 'quota_full', 'full')
  uploads.add(PLACE, [file('c', CHUNK)])
  uploads.whenReady(PLACE, delivered)
  await until(() => !uploads.isHeld(PLACE))
  expect(delivered).toHaveBeenCalledTimes(1)
  expect(states(uploads)).toEqual(['failed'])
})

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { bare } from './bare'
import { Entities } from './entities'
import type { Message } from './types'

const message = (change: Partial<Message> = {}): Message => ({
  id: 'm1',
  channel_id: 'c1',
  author_id: 'ada',
  client_id: 'x1',
  position: 1,
  created_at: '2026-11-19T09:00:00Z',
  text: 'first',
  ...bare,
  ...change,
})

let store: Entities
beforeEach(() => {
  store = new Entities()
})

describe('versions', () => {
  it('drops what is older than what it holds', () => {
    store.put('message', message({ text: 'seventh' }), 7)
    // mutant: Entities.put without `if (version < row.version) return false`
    expect(store.put('message', message({ text: 'fifth' }), 5)).toBe(false)
    expect(store.get('message', 'm1')?.text).toBe('seventh')
  })

  it('takes the same version again: rows of a list may be newer than the head it names', () => {
    store.put('message', message({ text: 'a' }), 5)
    expect(store.put('message', message({ text: 'b' }), 5)).toBe(true)
    expect(store.get('message', 'm1')?.text).toBe('b')
  })

  it('patches fields without claiming a version', () => {
    store.put('message', message(), 5)
    store.patch('message', 'm1', { text: 'patched' })
    expect(store.version('message', 'm1')).toBe(5)
    store.patch('message', 'unknown', { text: 'nothing' })
    expect(store.get('message', 'unknown')).toBeUndefined()
  })
})

describe('overlays', () => {
  beforeEach(() => {
    store.put('message', message({ text: 'base' }), 3)
    store.overlay('cause-1', 'message', 'm1', { text: 'hoped' })
  })

  it('lies over the base and goes with its cause; the base was never touched', () => {
    expect(store.get('message', 'm1')?.text).toBe('hoped')
    store.settle('cause-1')
    // mutant: Entities.overlay writing `row.base` instead of `row.overlays`
    expect(store.get('message', 'm1')?.text).toBe('base')
  })

  it('stays over what others change meanwhile', () => {
    store.put('message', message({ text: 'of others', edited_at: 'now' }), 4)
    expect(store.get('message', 'm1')).toMatchObject({ text: 'hoped', edited_at: 'now' })
    store.settle('cause-1')
    expect(store.get('message', 'm1')?.text).toBe('of others')
  })

  it('ends only the overlay with that cause', () => {
    store.overlay('cause-2', 'message', 'm1', { deleted: true })
    store.settle('cause-1')
    expect(store.get('message', 'm1')).toMatchObject({ text: 'base', deleted: true })
    store.settle(null)
    store.settle('cause-of-somebody-else')
    expect(store.get('message', 'm1')?.deleted).toBe(true)
  })
})

describe('listeners', () => {
  it('wakes only those who look at the object that changed', () => {
    const [mine, other, kind] = [vi.fn(), vi.fn(), vi.fn()]
    store.topics.on('message:m1', mine)
    store.topics.on('message:m2', other)
    store.topics.on('message', kind)
    store.put('message', message(), 1)
    expect(mine).toHaveBeenCalledTimes(1)
    expect(other).not.toHaveBeenCalled()
    expect(kind).toHaveBeenCalledTimes(1)
  })

  it('gives the same object and list until something changes', () => {
    store.put('message', message(), 1)
    store.overlay('c', 'message', 'm1', { text: 'hoped' })
    expect(store.get('message', 'm1')).toBe(store.get('message', 'm1'))
    const all = store.all('message')
    expect(store.all('message')).toBe(all)
    store.put('message', message({ id: 'm2' }), 1)
    expect(store.all('message')).toHaveLength(2)
  })

  it('forgets what a whole answer no longer names', () => {
    store.put('message', message(), 1)
    store.put('message', message({ id: 'm2' }), 1)
    store.retain('message', new Set(['m2']))
    expect(store.all('message').map((one) => one.id)).toEqual(['m2'])
    store.clear()
    expect(store.all('message')).toEqual([])
  })
})

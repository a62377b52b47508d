import { afterEach, expect, it } from 'vitest'
import { entities } from '@/api/entities'
import type { Channel, EventOf } from '@/api/types'
import { notificationEvents } from './live'

afterEach(() => entities.clear())

const told = (change: Partial<EventOf<'counts.changed'>>) =>
  notificationEvents['counts.changed']({
    place_id: 'c',
    thread_id: null,
    mentions: 3,
    ...change,
  } as EventOf<'counts.changed'>)
const number = () => entities.get('channel', 'c')?.mentions

it('shows the number of a place at its channel, and that of a thread not', () => {
  entities.put('channel', { id: 'c', mentions: 1 } as Channel, 0)
  told({ thread_id: 't' })
  told({ place_id: null })
  told({ place_id: 'unknown' })
  // mutant: counts.changed without `thread_id === null`
  expect(number()).toBe(1)
  told({})
  expect(number()).toBe(3)
})

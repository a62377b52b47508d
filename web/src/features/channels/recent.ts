import type { Channel } from '@/api/types'
import { kept } from '@/ui/kept'

const MOST = 200

/** When each channel was last opened on this device, by id. */
export type Visits = Readonly<Record<string, number>>

const visits = kept<Visits>('visits', {})

/** When each channel was last opened here, for ranking. */
export function visitsHere(): Visits {
  return visits.get()
}

/** Remembers that a channel was opened. */
export function remember(channelId: string, now = Date.now()): void {
  visits.set(newest({ ...visits.get(), [channelId]: now }))
}

function newest(all: Visits): Visits {
  const entries = Object.entries(all)
  if (entries.length <= MOST) return all
  return Object.fromEntries(entries.sort(([, a], [, b]) => b - a).slice(0, MOST))
}

/** Where to go in a group: where one was last, else the first place in the list. */
export function lastOf(order: readonly Channel[], seen: Visits = visits.get()): Channel | null {
  const been = order.filter(({ id }) => seen[id] !== undefined)
  const latest = been.reduce<Channel | null>(
    (best, one) => (best && (seen[best.id] ?? 0) >= (seen[one.id] ?? 0) ? best : one),
    null,
  )
  return latest ?? order[0] ?? null
}

import { reloadPlaces, streams } from '@/api/connection'
import { entities } from '@/api/entities'
import type { EventOf } from '@/api/types'

const SPREAD_MS = 2000

let timer: ReturnType<typeof setTimeout> | undefined

/** Everyone in a group hears of it at once; their questions come spread over two seconds. */
export function reloadSoon(): void {
  if (timer !== undefined) return
  timer = setTimeout(() => {
    timer = undefined
    void reloadPlaces()
  }, Math.random() * SPREAD_MS)
}

/** This slice's handlers of stored events. */
export const channelEvents = {
  'channel.updated': ({ channel }: EventOf<'channel.updated'>) =>
    entities.patch('channel', channel.id, channel),
  'places.changed': (_event: EventOf<'places.changed'>) => reloadSoon(),
  'follow.changed': (_event: EventOf<'follow.changed'>) => void reloadPlaces(),
  'access.changed': (_event: EventOf<'access.changed'>) => {
    void reloadPlaces().then(() => streams.catchUpAll())
  },
}

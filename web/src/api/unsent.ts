import { api, unwrap } from './client'
import { device } from './device'
import { Outbox, type OutboxWorld } from './outbox'

const tabs =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('courtyard.outbox')
let posted: OutboxWorld['posted'] = () => undefined

/** Says who shows a message that was just stored. */
export function onPosted(listener: OutboxWorld['posted']): void {
  posted = listener
}

function makeOutbox(): Outbox {
  return new Outbox({
    // One shelf for the life of this outbox: what is written late never lands with another person.
    shelf: device.shelf('outbox'),
    post: (channel_id, body) =>
      unwrap(
        api.POST('/api/channels/{channel_id}/messages', {
          params: { path: { channel_id } },
          headers: { 'X-Cause': body.client_id },
          body,
        }),
      ),
    posted: (message) => posted(message),
    alone: async (channelId, work) => {
      if (!navigator.locks) return work()
      await navigator.locks.request(`courtyard.outbox.${channelId}`, work)
    },
    tell: () => tabs?.postMessage('changed'),
    random: Math.random,
  })
}

/** Unsent messages of the person who is here; replaced at every sign-in. */
export let outbox = makeOutbox()
if (tabs) tabs.onmessage = () => void outbox.load()

/** Ends the outbox of who was here and begins the one of who is. */
export function renewOutbox(): void {
  outbox.stop()
  outbox = makeOutbox()
}

import { entities } from '@/api/entities'
import { session } from '@/api/session'
import type { EventOf, Message } from '@/api/types'
import { outbox } from '@/api/unsent'
import { stoppedTyping } from '@/features/presence/typing'
import { isUnread, markRead } from './read'
import { arrived, changed, reset } from './timeline'

/** A message is stored: the same path for the author's own answer and for everyone's event. */
export function posted(message: Message, seq: number): void {
  arrived(message, seq)
  const channel = entities.get('channel', message.channel_id)
  if (channel) {
    // What one says oneself is no news, unless something before it still is.
    const mine = message.author_id === session.get().me?.id
    const seen = mine && !isUnread(channel)
    entities.patch('channel', channel.id, {
      head: Math.max(channel.head, seq),
      last_position: Math.max(channel.last_position, message.position),
    })
    if (seen) markRead(channel.id)
  }
  outbox.remove(message.client_id)
  stoppedTyping(message.channel_id, message.author_id)
}

/** This slice's handlers of stored events. */
export const messageEvents = {
  'message.posted': (event: EventOf<'message.posted'>) => posted(event.message, event.seq),
  'message.edited': (event: EventOf<'message.edited'>) => changed(event.message, event.seq),
  'message.deleted': (event: EventOf<'message.deleted'>) => changed(event.message, event.seq),
  'history.changed': (_event: EventOf<'history.changed'>, stream: string) => reset(stream),
}

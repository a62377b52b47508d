import { draftChanged } from '@/api/drafts'
import { entities } from '@/api/entities'
import { session } from '@/api/session'
import type { EventOf, Message } from '@/api/types'
import { outbox } from '@/api/unsent'
import { stoppedTyping } from '@/features/presence/typing'
import { isReply } from './lines'
import { isUnread, markRead } from './read'
import { savedChanged } from './saved'
import { ownReply, threadFollowed } from './threadState'
import { arrived, changed, reset } from './timeline'

/** A message is stored: the same path for the author's own answer and for everyone's event. */
export function posted(message: Message, seq: number): void {
  arrived(message, seq)
  const channel = entities.get('channel', message.channel_id)
  if (channel && isReply(message)) {
    // What is said in a thread is no news of the place itself.
    entities.patch('channel', channel.id, { head: Math.max(channel.head, seq) })
  } else if (channel) {
    // What one says oneself is no news, unless something before it still is.
    const mine = message.author_id === session.get().me?.id
    const seen = mine && !isUnread(channel)
    entities.patch('channel', channel.id, {
      head: Math.max(channel.head, seq),
      last_position: Math.max(channel.last_position, message.position),
    })
    if (seen) markRead(channel.id)
  }
  if (message.thread_id && message.author_id === session.get().me?.id) {
    ownReply(message.thread_id, message.position)
  }
  outbox.remove(message.client_id)
  stoppedTyping(message.channel_id, message.author_id)
}

/** The reactions of a message as they are now. Of many people only the first are told: mine stay
 * mine until I take them back myself. */
function reacted({ message_id, reactions, actor_id }: EventOf<'reactions.changed'>): void {
  const me = session.get().me?.id
  const known = entities.get('message', message_id)
  if (!known || !me) return
  const mine = new Set(known.reactions.filter((r) => r.users.includes(me)).map((r) => r.emoji))
  const keep = (emoji: string, users: readonly string[], count: number) =>
    actor_id !== me && mine.has(emoji) && count > users.length && !users.includes(me)
  entities.patch('message', message_id, {
    reactions: reactions.map((r) =>
      keep(r.emoji, r.users, r.count) ? { ...r, users: [me, ...r.users] } : r,
    ),
  })
}

/** This slice's handlers of stored events. */
export const messageEvents = {
  'message.posted': (event: EventOf<'message.posted'>) => posted(event.message, event.seq),
  'message.edited': (event: EventOf<'message.edited'>) => changed(event.message, event.seq),
  'message.deleted': (event: EventOf<'message.deleted'>) => changed(event.message, event.seq),
  'message.pinned': (event: EventOf<'message.pinned'>) => changed(event.message, event.seq),
  'reactions.changed': (event: EventOf<'reactions.changed'>) => reacted(event),
  'thread.updated': (event: EventOf<'thread.updated'>) =>
    entities.put('thread', event.thread, event.seq),
  'thread.followed': (event: EventOf<'thread.followed'>) => threadFollowed(event),
  'saved.changed': (event: EventOf<'saved.changed'>) => savedChanged(event),
  'draft.changed': (event: EventOf<'draft.changed'>) => draftChanged(event),
  'history.changed': (_event: EventOf<'history.changed'>, stream: string) => reset(stream),
}

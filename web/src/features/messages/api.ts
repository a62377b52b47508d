import { api, unwrap } from '@/api/client'
import { entities } from '@/api/entities'
import type { Message, MessagePage } from '@/api/types'
import { placeOf, threadOf } from './lines'

/** Which page of history: the newest, one side of a cursor, or around a place. */
export interface PageQuery {
  before?: string
  after?: string
  around?: string
  around_position?: number
}

/** A page of a line's history: a place's own, or a thread's. */
export function fetchPage(line: string, query: PageQuery, limit = 50): Promise<MessagePage> {
  const [channel_id, thread_id] = [placeOf(line), threadOf(line)]
  const params = { query: { limit, ...query } }
  if (thread_id) {
    const path = { thread_id }
    return unwrap(api.GET('/api/threads/{thread_id}/messages', { params: { ...params, path } }))
  }
  const path = { channel_id }
  return unwrap(api.GET('/api/channels/{channel_id}/messages', { params: { ...params, path } }))
}

/** One message, as it is now. */
export function fetchMessage(id: string): Promise<Message> {
  const path = { message_id: id }
  return unwrap(api.GET('/api/messages/{message_id}', { params: { path } }))
}

/** Changes a message's text; the screen shows it at once, the server decides. */
export function editMessage(id: string, text: string): Promise<void> {
  const patch = { text, edited_at: new Date().toISOString() }
  return hopeful(id, patch, (cause) =>
    unwrap(
      api.PATCH('/api/messages/{message_id}', {
        params: { path: { message_id: id } },
        headers: { 'X-Cause': cause },
        body: { text },
      }),
    ),
  )
}

/** Deletes a message for everyone. */
export function deleteMessage(id: string): Promise<void> {
  return hopeful(id, { deleted: true, text: '' }, async (cause) => {
    await unwrap(
      api.DELETE('/api/messages/{message_id}', {
        params: { path: { message_id: id } },
        headers: { 'X-Cause': cause },
      }),
    )
    const known = entities.get('message', id)
    return known && { ...known, deleted: true, text: '' }
  })
}

/** Pins a message to its place, or takes the pin out. */
export function pinMessage(id: string, pinned: boolean): Promise<void> {
  return hopeful(id, { pinned }, async (cause) => {
    const how = { params: { path: { message_id: id } }, headers: { 'X-Cause': cause } }
    const path = '/api/messages/{message_id}/pin'
    await unwrap(pinned ? api.PUT(path, how) : api.DELETE(path, how))
    const known = entities.get('message', id)
    return known && { ...known, pinned }
  })
}

async function hopeful(
  id: string,
  patch: Partial<Message>,
  ask: (cause: string) => Promise<Message | undefined>,
): Promise<void> {
  const cause = crypto.randomUUID()
  const version = entities.version('message', id)
  entities.overlay(cause, 'message', id, patch)
  try {
    const answer = await ask(cause)
    // The answer has no seq. It counts only if no event overtook it: an event is never older.
    if (answer && entities.version('message', id) === version) {
      entities.put('message', answer, version)
    }
  } finally {
    entities.settle(cause)
  }
}

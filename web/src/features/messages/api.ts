import { api, unwrap } from '@/api/client'
import { entities } from '@/api/entities'
import type { Message, MessagePage } from '@/api/types'

/** Which page of history: the newest, one side of a cursor, or around a place. */
export interface PageQuery {
  before?: string
  after?: string
  around?: string
  around_position?: number
}

/** A page of a channel's history. */
export function fetchPage(channelId: string, query: PageQuery, limit = 50): Promise<MessagePage> {
  return unwrap(
    api.GET('/api/channels/{channel_id}/messages', {
      params: { path: { channel_id: channelId }, query: { limit, ...query } },
    }),
  )
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

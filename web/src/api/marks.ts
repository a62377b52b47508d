import { api, unwrap } from './client'

const underWay = new Map<string, Promise<unknown>>()

/** Is a read mark of this channel on its way to the server? */
export function isMarking(channelId: string): boolean {
  return underWay.has(channelId)
}

/**
 * Tells the server how far a channel is read. One after the other: "unread from here" must not
 * be overtaken by the reading before it. Never rejects.
 */
export async function putMark(
  channelId: string,
  body: { position: number; back?: boolean },
): Promise<void> {
  const path = { channel_id: channelId }
  const earlier = underWay.get(channelId)
  const sent = (async () => {
    if (earlier) await earlier
    // A mark that is lost is set again by the next one; nobody waits for it.
    await unwrap(api.PUT('/api/channels/{channel_id}/read', { params: { path }, body })).catch(
      () => undefined,
    )
  })()
  underWay.set(channelId, sent)
  await sent
  if (underWay.get(channelId) === sent) underWay.delete(channelId)
}

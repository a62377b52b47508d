import { ApiError, api, unwrap } from '@/api/client'
import { entities } from '@/api/entities'
import type { Reaction } from '@/api/types'
import { kept } from '@/ui/kept'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'

const TRIO = ['👍', '✅', '👀']

/** The emoji I used last on this device, newest first. */
export const recentEmoji = kept<string[]>('emoji.recent', TRIO)

/** The three the bar begins with. */
export function trio(recent: readonly string[]): string[] {
  return [...new Set([...recent, ...TRIO])].slice(0, 3)
}

/** The reactions as they will be when I gave or took back one. */
export function toggled(list: readonly Reaction[], emoji: string, me: string): Reaction[] {
  const known = list.find((one) => one.emoji === emoji)
  if (!known) return [...list, { emoji, count: 1, users: [me] }]
  const mine = known.users.includes(me)
  const changed: Reaction = mine
    ? { emoji, count: known.count - 1, users: known.users.filter((id) => id !== me) }
    : { emoji, count: known.count + 1, users: [...known.users, me] }
  return list.map((one) => (one === known ? changed : one)).filter(({ count }) => count > 0)
}

/** Gives a reaction or takes it back: seen at once, told to the server. */
export async function react(messageId: string, emoji: string, me: string): Promise<void> {
  const message = entities.get('message', messageId)
  if (!message) return
  const mine = message.reactions.some((one) => one.emoji === emoji && one.users.includes(me))
  if (!mine) {
    // One that stands in the bar already keeps its place there.
    const recent = recentEmoji.get()
    if (!trio(recent).includes(emoji)) {
      recentEmoji.set([emoji, ...recent.filter((one) => one !== emoji)].slice(0, 12))
    }
  }
  const cause = crypto.randomUUID()
  entities.overlay(cause, 'message', messageId, {
    reactions: toggled(message.reactions, emoji, me),
  })
  const how = {
    params: { path: { message_id: messageId, emoji } },
    headers: { 'X-Cause': cause },
  }
  const path = '/api/messages/{message_id}/reactions/{emoji}'
  try {
    const reactions = await unwrap(mine ? api.DELETE(path, how) : api.PUT(path, how))
    // When its event was here first, the event knows better.
    if (entities.pending(cause)) entities.patch('message', messageId, { reactions })
  } catch (problem) {
    const reason = problem instanceof ApiError ? problem.message : ''
    toast({ text: t('messages.react.failed', { reason }), tone: 'bad' })
  } finally {
    entities.settle(cause)
  }
}

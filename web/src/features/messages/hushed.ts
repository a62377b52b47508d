import { use } from 'react'
import { Topics, useTopic } from '@/api/store'
import type { Channel, Reaction } from '@/api/types'
import { useBlocked, useBlocks } from '@/features/accounts/blocks'
import { TalkContext } from './context'

const topics = new Topics()
/** What of the blocked was opened, until the page goes. */
const opened = new Set<string>()

/** Shows the words of somebody blocked, or folds them away again. */
export function openHushed(messageId: string, open: boolean): void {
  if (open) opened.add(messageId)
  else opened.delete(messageId)
  topics.emit(messageId)
}

/** Whether a message is by somebody I block, and folded away. A conversation of two is opened on
 * purpose: nothing folds in it. */
export function useHushed(
  messageId: string,
  authorId: string,
): { blocked: boolean; folded: boolean } {
  const folds = use(TalkContext)?.folds ?? true
  const blocked = useBlocked(authorId) && folds
  const open = useTopic(topics, messageId, () => opened.has(messageId))
  return { blocked, folded: blocked && !open }
}

/** Reactions without those of people I block. */
export function useHeardReactions(reactions: readonly Reaction[]): readonly Reaction[] {
  const blocks = useBlocks()
  if (!blocks?.length) return reactions
  return heard(reactions, blocks)
}

/** The same, of these people. */
export function heard(reactions: readonly Reaction[], blocks: readonly string[]): Reaction[] {
  return reactions
    .map((one) => {
      const users = one.users.filter((id) => !blocks.includes(id))
      return { ...one, users, count: one.count - (one.users.length - users.length) }
    })
    .filter(({ count }) => count > 0)
}

/** The other one of a conversation of two; null everywhere else. */
export function partner(channel: Channel | undefined, me: string): string | null {
  if (channel?.group_id !== null || channel.people?.length !== 2) return null
  return channel.people.find((id) => id !== me) ?? null
}

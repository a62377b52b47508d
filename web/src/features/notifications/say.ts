import type { Told } from '@/api/types'
import { type TextId, t } from '@/ui/text'

const said: Record<Told['why'], { in: TextId; alone: TextId }> = {
  mention: { in: 'notifications.mention.in', alone: 'notifications.mention' },
  reply: { in: 'notifications.reply.in', alone: 'notifications.reply' },
  message: { in: 'notifications.message.in', alone: 'notifications.message' },
  reaction: { in: 'notifications.reaction.in', alone: 'notifications.reaction' },
  invited: { in: 'notifications.invited.in', alone: 'notifications.invited' },
}

/** Who did what and where, in one sentence; `place` is null where it says nothing more. */
export function sentence(why: Told['why'], name: string, place: string | null): string {
  return place ? t(said[why].in, { name, place }) : t(said[why].alone, { name })
}

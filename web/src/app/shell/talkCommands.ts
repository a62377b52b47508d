import { CheckCheck, Link2, PanelRight, X } from 'lucide-react'
import { unfollow } from '@/features/channels/api'
import { copyLink } from '@/features/channels/ChannelMenuItems'
import { isConversation } from '@/features/channels/conversations'
import { markRead } from '@/features/messages/read'
import { t } from '@/ui/text'
import { type Command, commandsOf } from './commands'
import { setLayer, useLayers } from './layers'
import type { Scope } from './ways'

const command = commandsOf('place')

/** Takes a conversation off the list, read; what is said in it later brings it back. */
export function closeTalk(id: string, then: () => void): void {
  markRead(id)
  void unfollow(id)
  then()
}

/** Things about the conversation one is in. */
export function talkCommands({ channel, go }: Scope): Command[] {
  if (!channel || !isConversation(channel)) return []
  const { id } = channel
  const panel = () => setLayer({ panel: !useLayers.getState().panel })
  const close = () => closeTalk(id, go.talks)
  const all = [
    command('read', t('channels.markRead'), CheckCheck, () => markRead(id), { keys: 'escape' }),
    command('panel', t('channels.panel'), PanelRight, panel, { keys: 'alt+p' }),
    command('link', t('channels.copyLink'), Link2, () => void copyLink(id)),
  ]
  if (!channel.followed) return all
  return [...all, command('close', t('channels.talk.close'), X, close, { keys: 'alt+w' })]
}

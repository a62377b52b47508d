import { BellMinus, CheckCheck, Link2, PanelRight, Pencil, Plus, TextQuote } from 'lucide-react'
import { follow, unfollow } from '@/features/channels/api'
import { copyLink } from '@/features/channels/ChannelMenuItems'
import { isConversation } from '@/features/channels/conversations'
import { openChannelDialog } from '@/features/channels/dialogs'
import { may } from '@/features/groups/rights'
import { markRead } from '@/features/messages/read'
import { type TextId, t } from '@/ui/text'
import { type Command, commandsOf } from './commands'
import { setLayer, useLayers } from './layers'
import type { Scope } from './ways'

const command = commandsOf('place')

/** Things about the channel one is in. */
export function placeCommands({ channel, group }: Scope): Command[] {
  if (!channel || isConversation(channel)) return []
  const { id, name } = channel
  const managing = may(group, 'manage_channels')
  const panel = () => setLayer({ panel: !useLayers.getState().panel })
  const change = (kind: 'rename' | 'topic') => () => openChannelDialog({ kind, channelId: id })
  const say = (text: TextId) => t(text, { name })
  return [
    command('read', say('shell.place.read'), CheckCheck, () => markRead(id), { keys: 'escape' }),
    command('panel', t('channels.panel'), PanelRight, panel, { keys: 'alt+p' }),
    command('link', say('shell.place.link'), Link2, () => void copyLink(id)),
    channel.followed
      ? command('unfollow', say('channels.unfollow.named'), BellMinus, () => void unfollow(id))
      : command('follow', say('channels.follow.named'), Plus, () => void follow(id)),
    managing && command('rename', say('channels.rename.title'), Pencil, change('rename')),
    managing && command('topic', say('shell.place.topic'), TextQuote, change('topic')),
  ].filter((one) => one !== false)
}

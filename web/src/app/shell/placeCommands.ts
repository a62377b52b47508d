import { BellMinus, CheckCheck, Link2, PanelRight, Pencil, Plus, TextQuote } from 'lucide-react'
import { follow, unfollow } from '@/features/channels/api'
import { copyLink } from '@/features/channels/ChannelMenuItems'
import { openChannelDialog } from '@/features/channels/dialogs'
import { may } from '@/features/groups/rights'
import { markRead } from '@/features/messages/read'
import { t } from '@/ui/text'
import type { Command } from './commands'
import { setLayer, useLayers } from './layers'
import type { Scope } from './useShellCommands'

/** Things about the channel one is in. */
export function placeCommands({ channel, group }: Scope): Command[] {
  if (!channel) return []
  const { id, name, followed } = channel
  const managing = may(group, 'manage_channels')
  const commands: (Omit<Command, 'section'> | false)[] = [
    {
      id: 'read',
      text: t('shell.place.read', { name }),
      icon: CheckCheck,
      keys: 'escape',
      run: () => markRead(id),
    },
    {
      id: 'panel',
      text: t('channels.panel'),
      icon: PanelRight,
      keys: 'alt+p',
      run: () => setLayer({ panel: !useLayers.getState().panel }),
    },
    {
      id: 'link',
      text: t('shell.place.link', { name }),
      icon: Link2,
      run: () => void copyLink(id),
    },
    followed
      ? {
          id: 'unfollow',
          text: t('channels.unfollow.named', { name }),
          icon: BellMinus,
          run: () => void unfollow(id),
        }
      : {
          id: 'follow',
          text: t('channels.follow.named', { name }),
          icon: Plus,
          run: () => void follow(id, 'mentions'),
        },
    managing && {
      id: 'rename',
      text: t('channels.rename.title', { name }),
      icon: Pencil,
      run: () => openChannelDialog({ kind: 'rename', channelId: id }),
    },
    managing && {
      id: 'topic',
      text: t('shell.place.topic', { name }),
      icon: TextQuote,
      run: () => openChannelDialog({ kind: 'topic', channelId: id }),
    },
  ]
  return commands
    .filter((command) => command !== false)
    .map((command) => ({ ...command, section: 'place' }))
}

import {
  FolderPlus,
  Info,
  LogOut,
  Plus,
  Settings2,
  TextSearch,
  UserPlus,
  Users,
} from 'lucide-react'
import { openChannelDialog } from '@/features/channels/dialogs'
import { openGroupDialog } from '@/features/groups/dialogs'
import { may } from '@/features/groups/rights'
import { t } from '@/ui/text'
import type { Command } from './commands'
import type { Scope } from './useShellCommands'

/** Things about the group one is in; the order is that of its menu. */
export function groupCommands({ group, go }: Scope): Command[] {
  if (!group) return []
  const groupId = group.id
  const managing = may(group, 'manage_group')
  const commands: (Command | false)[] = [
    may(group, 'create_invites') && {
      id: 'invite',
      text: t('shell.group.invite'),
      icon: UserPlus,
      section: 'group',
      keys: 'alt+i',
      run: () => openGroupDialog({ kind: 'invite', groupId }),
    },
    {
      id: 'browse',
      text: t('shell.group.browse'),
      icon: TextSearch,
      section: 'group',
      keys: 'alt+b',
      run: () => go.page(groupId, 'channels'),
    },
    may(group, 'manage_channels') && {
      id: 'channel.create',
      text: t('channels.create'),
      icon: Plus,
      section: 'group',
      keys: 'alt+n',
      run: () => openChannelDialog({ kind: 'create', groupId, categoryId: null }),
    },
    may(group, 'manage_channels') && {
      id: 'category.create',
      text: t('channels.category.create'),
      icon: FolderPlus,
      section: 'group',
      run: () => openChannelDialog({ kind: 'createCategory', groupId }),
    },
    {
      id: 'members',
      text: t('groups.members'),
      icon: Users,
      section: 'group',
      keys: 'alt+m',
      run: () => go.page(groupId, 'members'),
    },
    {
      id: 'group.settings',
      text: t(managing ? 'shell.group.settings' : 'shell.group.about'),
      icon: managing ? Settings2 : Info,
      section: 'group',
      run: () => go.page(groupId, 'settings'),
    },
    {
      id: 'leave',
      text: t('groups.leave'),
      icon: LogOut,
      section: 'group',
      danger: true,
      run: () => openGroupDialog({ kind: 'leave', groupId }),
    },
  ]
  return commands.filter((command) => command !== false)
}

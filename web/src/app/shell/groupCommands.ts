import {
  FolderPlus,
  Info,
  LogOut,
  Plus,
  Settings2,
  Shield,
  TextSearch,
  UserPlus,
  Users,
} from 'lucide-react'
import type { Group } from '@/api/types'
import { openChannelDialog } from '@/features/channels/dialogs'
import { openGroupDialog } from '@/features/groups/dialogs'
import { may } from '@/features/groups/rights'
import { t } from '@/ui/text'
import { type Command, commandsOf } from './commands'
import type { Scope, Ways } from './ways'

const command = commandsOf('group')

/** Things about the group one is in; the order is that of its menu. */
export function groupCommands({ group, go }: Scope): Command[] {
  if (!group) return []
  const groupId = group.id
  const shaping = may(group, 'manage_channels')
  const invite = () => openGroupDialog({ kind: 'invite', groupId })
  const browse = () => go.page(groupId, 'channels')
  const create = () => openChannelDialog({ kind: 'create', groupId, categoryId: null })
  const category = () => openChannelDialog({ kind: 'createCategory', groupId })
  const members = () => go.page(groupId, 'members')
  const leave = () => openGroupDialog({ kind: 'leave', groupId })
  return [
    may(group, 'create_invites') &&
      command('invite', t('shell.group.invite'), UserPlus, invite, { keys: 'alt+i' }),
    command('browse', t('shell.group.browse'), TextSearch, browse, { keys: 'alt+b' }),
    shaping && command('channel.create', t('channels.create'), Plus, create, { keys: 'alt+n' }),
    shaping && command('category.create', t('channels.category.create'), FolderPlus, category),
    command('members', t('groups.members'), Users, members, { keys: 'alt+m' }),
    may(group, 'manage_roles') &&
      command('roles', t('groups.roles'), Shield, () => go.page(groupId, 'roles')),
    settings(group, go),
    command('leave', t('groups.leave'), LogOut, leave, { danger: true }),
  ].filter((one) => one !== false)
}

function settings(group: Group, go: Ways): Command {
  const managing = may(group, 'manage_group')
  const text = t(managing ? 'shell.group.settings' : 'shell.group.about')
  return command('group.settings', text, managing ? Settings2 : Info, () =>
    go.page(group.id, 'settings'),
  )
}

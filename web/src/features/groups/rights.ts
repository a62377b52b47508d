import type { Group } from '@/api/types'

/** What a role may allow in a group or a place. */
export type Permission =
  | 'administer'
  | 'manage_group'
  | 'manage_roles'
  | 'manage_members'
  | 'create_invites'
  | 'manage_channels'

/** Whether I may do this; only decides what is shown, the server decides what happens. */
export function may(group: Pick<Group, 'permissions'> | undefined, permission: Permission) {
  if (!group) return false
  return group.permissions.includes(permission) || group.permissions.includes('administer')
}

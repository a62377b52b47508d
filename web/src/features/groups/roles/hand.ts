import { useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import type { Role } from '@/api/types'
import { t } from '@/ui/text'
import { useMyRoles, useRoles } from '../api'
import { may } from '../rights'
import type { PermissionName } from './permissions'

/** What somebody who changes roles may touch; only decides what is shown. */
export interface Hand {
  /** Roles under my highest one. */
  below: (role: Role) => boolean
  /** Roles I may give and take. An owner may make others owner. */
  gives: (role: Role) => boolean
  /** What I may do myself, and so allow others. */
  holds: (permission: PermissionName) => boolean
}

/** What I may touch among the roles of a group. */
export function useHand(groupId: string): Hand {
  const group = useEntity('group', groupId)
  const { me } = useSession()
  const managing = may(group, 'manage_roles')
  const mine = useMyRoles(groupId, me?.id ?? '', managing)
  const roles = useRoles(groupId).data ?? []
  const own = roles.filter(({ id }) => mine.includes(id))
  const rank = managing ? Math.max(0, ...own.map(({ position }) => position)) : 0
  const owns = own.some(({ kind }) => kind === 'owner')
  const below = (role: Role) => role.position < rank
  return {
    below,
    gives: (role) => below(role) || (owns && managing && role.kind === 'owner'),
    holds: (permission) => group?.permissions.includes(permission) ?? false,
  }
}

/** The shipped roles speak the reader's language, the others bear the name they were given. */
export function roleName(role: Role): string {
  return role.kind === 'custom' ? role.name : t(`groups.role.${role.kind}`)
}

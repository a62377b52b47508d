import type { Role } from '@/api/types'
import { known, type PermissionName } from './permissions'

/** A role as it is to become. */
export interface Draft {
  name: string
  permissions: readonly PermissionName[]
}

/** A role as it is. */
export function draftOf(role: Role): Draft {
  return { name: role.name, permissions: known(role.permissions) }
}

/** The draft with one permission given or taken. */
export function toggled(draft: Draft, permission: PermissionName, on: boolean): Draft {
  const others = draft.permissions.filter((one) => one !== permission)
  return { ...draft, permissions: on ? [...others, permission] : others }
}

/** In how many things a draft differs from the role. */
export function countChanges(role: Role, draft: Draft): number {
  const before = known(role.permissions)
  const given = draft.permissions.filter((one) => !before.includes(one))
  const taken = before.filter((one) => !draft.permissions.includes(one))
  const renamed = draft.name.trim() !== role.name ? 1 : 0
  return given.length + taken.length + renamed
}

/** The roles that are there and whose draft differs. */
export function changed(roles: readonly Role[], drafts: Readonly<Record<string, Draft>>) {
  return roles.flatMap((role) => {
    const draft = drafts[role.id]
    const changes = draft ? countChanges(role, draft) : 0
    return draft && changes > 0 ? [{ role, draft, changes }] : []
  })
}

/** The ids with one of them at this place among the others. */
export function moved(ids: readonly string[], id: string, index: number): string[] {
  const others = ids.filter((one) => one !== id)
  return [...others.slice(0, index), id, ...others.slice(index)]
}

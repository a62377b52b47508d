/** What a role may allow, in the order in which it is shown. */
export const parts = [
  { id: 'places', permissions: ['view', 'post', 'mention_all', 'manage_messages'] },
  {
    id: 'group',
    permissions: [
      'create_invites',
      'manage_channels',
      'manage_members',
      'manage_roles',
      'manage_group',
      'administer',
    ],
  },
] as const

/** The name of a permission, as on the wire. */
export type PermissionName = (typeof parts)[number]['permissions'][number]

const all: readonly string[] = parts.flatMap(({ permissions }) => permissions)

/** The permissions among these names that this client knows. */
export function known(names: readonly string[]): PermissionName[] {
  return names.filter((name): name is PermissionName => all.includes(name))
}

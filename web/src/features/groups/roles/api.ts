import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { Role } from '@/api/types'
import { complain } from '../complain'
import type { Draft } from './drafts'

const keyOf = (groupId: string) => ['group', groupId, 'roles']

/** A change of roles; the group's roles and members are asked for again afterwards. */
function useAct<Wish, Answer>(groupId: string, ask: (wish: Wish) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ask,
    // Waited for, so that who says that it is done shows what there is.
    onSettled: () => client.invalidateQueries({ queryKey: ['group', groupId] }),
  })
}

/** Makes a role under an id of one's own, so that a lost answer does not make a second one. */
export function useCreateRole(groupId: string) {
  return useAct(groupId, (body: { client_id: string; name: string }) => {
    const params = { path: { group_id: groupId } }
    const role = { ...body, permissions: ['view' as const, 'post' as const] }
    return unwrap(api.POST('/api/groups/{group_id}/roles', { params, body: role }))
  })
}

/** Saves roles one after the other; what the first refusal leaves stays a draft. */
export function useSaveRoles(groupId: string) {
  return useAct(groupId, async (wishes: { role: Role; draft: Draft }[]) => {
    for (const { role, draft } of wishes) {
      const params = { path: { group_id: groupId, role_id: role.id } }
      const name = role.kind === 'custom' ? { name: draft.name.trim() } : {}
      const body = { ...name, permissions: [...draft.permissions] }
      await unwrap(api.PATCH('/api/groups/{group_id}/roles/{role_id}', { params, body }))
    }
  })
}

/**
 * Removes a role; who had nothing else becomes a member. `onGone` is of the hook, not of a call:
 * the row that asked may be gone with its role before the answer is there.
 */
export function useRemoveRole(groupId: string, onGone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (roleId: string) => {
      const params = { path: { group_id: groupId, role_id: roleId } }
      return unwrap(api.DELETE('/api/groups/{group_id}/roles/{role_id}', { params }))
    },
    onSuccess: onGone,
    onError: complain,
    onSettled: () => client.invalidateQueries({ queryKey: ['group', groupId] }),
  })
}

/** Orders the roles, highest first, here at once. */
export function useOrderRoles(groupId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[]) => {
      const params = { path: { group_id: groupId } }
      return unwrap(api.PUT('/api/groups/{group_id}/role-order', { params, body: { ids } }))
    },
    onMutate: (ids) => {
      client.setQueryData<Role[]>(keyOf(groupId), (roles) =>
        roles?.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['group', groupId] }),
  })
}

/** Sets all roles of a member. */
export function useGiveRoles(groupId: string) {
  return useAct(groupId, ({ userId, roleIds }: { userId: string; roleIds: string[] }) => {
    const params = { path: { group_id: groupId, user_id: userId } }
    const address = '/api/groups/{group_id}/members/{user_id}/roles'
    return unwrap(api.PUT(address, { params, body: { role_ids: roleIds } }))
  })
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { reloadPlaces } from '@/api/connection'
import { entities } from '@/api/entities'
import type { Group } from '@/api/types'
import { complain } from './complain'

/** Takes a group from an answer: a known one keeps what the answer cannot know better. */
export function takeGroup(group: Group): Group {
  if (entities.get('group', group.id)) entities.patch('group', group.id, group)
  else entities.put('group', group, 0)
  return group
}

/** Founds a group; it begins with one channel, so the places are asked for again. */
export function useCreateGroup() {
  return useMutation({
    mutationFn: async (body: { client_id: string; name: string; description: string }) => {
      const group = takeGroup(await unwrap(api.POST('/api/groups', { body })))
      await reloadPlaces()
      return group
    },
  })
}

/** Changes name or description. */
export function useUpdateGroup(groupId: string) {
  return useMutation({
    mutationFn: async (body: { name?: string; description?: string }) => {
      const params = { path: { group_id: groupId } }
      return takeGroup(await unwrap(api.PATCH('/api/groups/{group_id}', { params, body })))
    },
  })
}

/** Closes a group for writing, or opens it again. */
export function useArchiveGroup(groupId: string) {
  return useMutation({
    mutationFn: async (archived: boolean) => {
      const params = { path: { group_id: groupId } }
      const body = { archived }
      const group = await unwrap(api.PUT('/api/groups/{group_id}/archived', { params, body }))
      takeGroup(group)
      // Rights inside change with it.
      await reloadPlaces()
      return group
    },
  })
}

/** Puts my groups in this order, here at once. */
export async function orderGroups(ids: string[]): Promise<void> {
  ids.forEach((id, position) => {
    entities.patch('group', id, { position })
  })
  try {
    await unwrap(api.PUT('/api/me/group-order', { body: { ids } }))
  } catch (error) {
    complain(error)
    await reloadPlaces()
  }
}

/** The members of a group by name, page by page. */
export function useMembers(groupId: string, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['group', groupId, 'members'],
    queryFn: ({ pageParam }) => {
      const query = { limit: 100, ...(pageParam ? { after: pageParam } : {}) }
      const params = { path: { group_id: groupId }, query }
      return unwrap(api.GET('/api/groups/{group_id}/members', { params }))
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled,
  })
}

/** The roles of a group. */
export function useRoles(groupId: string, enabled = true) {
  return useQuery({
    queryKey: ['group', groupId, 'roles'],
    queryFn: () =>
      unwrap(api.GET('/api/groups/{group_id}/roles', { params: { path: { group_id: groupId } } })),
    enabled,
    staleTime: 5 * 60_000,
  })
}

async function removeMember(groupId: string, userId: string): Promise<void> {
  const params = { path: { group_id: groupId, user_id: userId } }
  await unwrap(api.DELETE('/api/groups/{group_id}/members/{user_id}', { params }))
}

/** Takes a person out of the group. */
export function useRemoveMember(groupId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (userId: string) => removeMember(groupId, userId),
    onSettled: () => client.invalidateQueries({ queryKey: ['group', groupId] }),
  })
}

/** Leaves a group: it is gone from here at once. */
export function useLeaveGroup() {
  return useMutation({
    mutationFn: async ({ groupId, me }: { groupId: string; me: string }) => {
      await removeMember(groupId, me)
      await reloadPlaces()
    },
  })
}

/** The links into a group, the newest first. */
export function useInvites(groupId: string) {
  return useQuery({
    queryKey: ['group', groupId, 'invites'],
    queryFn: () =>
      unwrap(
        api.GET('/api/groups/{group_id}/invites', { params: { path: { group_id: groupId } } }),
      ),
    staleTime: 0,
  })
}

/** Makes a link; its token is told only now. */
export function useCreateInvite(groupId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { expires_in_hours: number | null; max_uses: number | null }) => {
      const params = { path: { group_id: groupId } }
      return unwrap(api.POST('/api/groups/{group_id}/invites', { params, body }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['group', groupId, 'invites'] }),
  })
}

/** Ends a link. */
export function useRevokeInvite(groupId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/invites/{invite_id}', { params: { path: { invite_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['group', groupId, 'invites'] }),
  })
}

/** The roles I have in a group. */
export function useMyRoles(groupId: string, me: string, enabled: boolean): readonly string[] {
  const { data } = useQuery({
    queryKey: ['group', groupId, 'mine', me],
    queryFn: () => rolesOf(groupId, me),
    enabled: enabled && groupId !== '',
    staleTime: 5 * 60_000,
  })
  return data ?? NONE
}

const NONE: readonly string[] = []

async function rolesOf(groupId: string, userId: string): Promise<string[]> {
  let after: string | null = null
  do {
    const query: { limit: number; after?: string } = { limit: 200, ...(after ? { after } : {}) }
    const params = { path: { group_id: groupId }, query }
    const page = await unwrap(api.GET('/api/groups/{group_id}/members', { params }))
    const mine = page.members.find(({ user }) => user.id === userId)
    if (mine) return mine.role_ids
    after = page.next
  } while (after)
  return []
}

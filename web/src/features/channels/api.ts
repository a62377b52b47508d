import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError, api, unwrap } from '@/api/client'
import { reloadPlaces, streams } from '@/api/connection'
import { entities } from '@/api/entities'
import type { Category, Channel, Listed } from '@/api/types'
import { complain } from '@/features/groups/complain'

const at = (channelId: string) => ({ path: { channel_id: channelId } })

/** Takes a channel from an answer. What only time tells (head, marks) is kept when known. */
export function takeChannel(channel: Channel): Channel {
  if (!entities.get('channel', channel.id)) entities.put('channel', channel, 0)
  else {
    const {
      head: _head,
      last_position: _last,
      read_position: _read,
      mentions: _n,
      ...rest
    } = channel
    entities.patch('channel', channel.id, rest)
  }
  return channel
}

/** Everything readable in a group, archived places too. */
export function useBrowse(groupId: string, enabled = true) {
  return useQuery({
    queryKey: ['group', groupId, 'channels'],
    queryFn: () => browse(groupId),
    enabled,
    staleTime: 10_000,
  })
}

/** How many others follow a channel of a group; `@channel` tells them. */
export async function othersWhoFollow(
  client: QueryClient,
  channel: Channel,
): Promise<number | null> {
  const groupId = channel.group_id ?? ''
  const listed = await client.fetchQuery({
    queryKey: ['group', groupId, 'channels'],
    queryFn: () => browse(groupId),
    staleTime: 10_000,
  })
  const here = listed.find(({ id }) => id === channel.id)
  return here ? here.followers - (here.followed ? 1 : 0) : null
}

function browse(groupId: string): Promise<Listed[]> {
  const params = { path: { group_id: groupId } }
  return unwrap(api.GET('/api/groups/{group_id}/channels', { params }))
}

/** One place one does not follow: a link led here. Asked again with every other `round`. */
export function useChannelFetch(channelId: string, enabled: boolean, round = 0) {
  return useQuery({
    queryKey: ['channel', channelId, round],
    queryFn: () => fetchChannel(channelId),
    enabled,
    staleTime: 0,
    gcTime: 0,
  })
}

async function fetchChannel(channelId: string): Promise<Channel> {
  try {
    return takeChannel(
      await unwrap(api.GET('/api/channels/{channel_id}', { params: at(channelId) })),
    )
  } catch (error) {
    // Shut to me meanwhile: its stream says so too, and with that all of it goes from here.
    if (error instanceof ApiError && error.status === 404) streams.catchUp(channelId)
    throw error
  }
}

/** What a channel begins with. */
export interface NewChannel {
  client_id: string
  name: string
  topic: string
  category_id: string | null
  private: boolean
}

/** Makes a channel and follows it. */
export function useCreateChannel(groupId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (wish: NewChannel) => {
      const body = { ...wish, kind: 'text' as const }
      const params = { path: { group_id: groupId } }
      return takeChannel(
        await unwrap(api.POST('/api/groups/{group_id}/channels', { params, body })),
      )
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['group', groupId, 'channels'] }),
  })
}

/** Changes name or topic. */
export function useUpdateChannel(channelId: string) {
  return useMutation({
    mutationFn: async (body: { name?: string; topic?: string }) =>
      takeChannel(
        await unwrap(api.PATCH('/api/channels/{channel_id}', { params: at(channelId), body })),
      ),
  })
}

/** Closes a channel to all but those let in, or opens it to the group. */
export function useSetPrivate(channelId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (wish: boolean) => {
      const body = { private: wish }
      const call = api.PUT('/api/channels/{channel_id}/private', { params: at(channelId), body })
      return takeChannel(await unwrap(call))
    },
    onSuccess: ({ group_id }) =>
      client.invalidateQueries({ queryKey: ['group', group_id, 'people', channelId] }),
  })
}

/** Closes a channel for writing, or takes it back into use. */
export async function archiveChannel(channelId: string, archived: boolean): Promise<void> {
  const body = { archived }
  const call = api.PUT('/api/channels/{channel_id}/archived', { params: at(channelId), body })
  takeChannel(await unwrap(call))
}

/** Whether who joins the group from now on finds the channel in their list. */
export async function setDefault(channelId: string, isDefault: boolean): Promise<void> {
  const body = { default: isDefault }
  const call = api.PUT('/api/channels/{channel_id}/default', { params: at(channelId), body })
  takeChannel(await unwrap(call))
}

/** Follows a channel, as much as one hears of its group; on the screen at once. */
export async function follow(channelId: string): Promise<void> {
  const cause = crypto.randomUUID()
  entities.overlay(cause, 'channel', channelId, { followed: true })
  try {
    const body = { level: null, muted_until: null }
    const call = api.PUT('/api/channels/{channel_id}/follow', { params: at(channelId), body })
    takeChannel(await unwrap(call))
  } catch (error) {
    complain(error)
  } finally {
    entities.settle(cause)
  }
}

/** Takes a channel out of the sidebar; it stays under Browse. */
export async function unfollow(channelId: string): Promise<void> {
  const cause = crypto.randomUUID()
  entities.overlay(cause, 'channel', channelId, { followed: false, level: null })
  try {
    await unwrap(api.DELETE('/api/channels/{channel_id}/follow', { params: at(channelId) }))
    entities.patch('channel', channelId, { followed: false, level: null, mentions: 0 })
  } catch (error) {
    complain(error)
  } finally {
    entities.settle(cause)
  }
}

/** Makes a heading in the list. */
export function useCreateCategory(groupId: string) {
  return useMutation({
    mutationFn: async (body: { client_id: string; name: string }) => {
      const params = { path: { group_id: groupId } }
      const call = api.POST('/api/groups/{group_id}/categories', { params, body })
      entities.put('category', await unwrap(call), 0)
    },
  })
}

/** Renames a heading. */
export function useRenameCategory(categoryId: string) {
  return useMutation({
    mutationFn: async (name: string) => {
      const params = { path: { category_id: categoryId } }
      const call = api.PATCH('/api/categories/{category_id}', { params, body: { name } })
      entities.put('category', await unwrap(call), 0)
    },
  })
}

/** Takes a heading away; its channels move to the top. */
export function useDeleteCategory() {
  return useMutation({
    mutationFn: async ({ id }: Category) => {
      await unwrap(
        api.DELETE('/api/categories/{category_id}', { params: { path: { category_id: id } } }),
      )
      await reloadPlaces()
    },
  })
}

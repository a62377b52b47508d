import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { Channel } from '@/api/types'

type Place = Pick<Channel, 'id' | 'group_id'>

// Under the group's key, so that people who come and go renew it.
const keyOf = (channel: Place) => ['group', channel.group_id, 'people', channel.id]

/** Who can read a channel, by name, page by page. */
export function usePeople(channel: Place, enabled = true) {
  return useInfiniteQuery({
    queryKey: keyOf(channel),
    queryFn: ({ pageParam }) => {
      const query = { limit: 100, ...(pageParam ? { after: pageParam } : {}) }
      const params = { path: { channel_id: channel.id }, query }
      return unwrap(api.GET('/api/channels/{channel_id}/people', { params }))
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled,
    staleTime: 60_000,
  })
}

/** Lets a person into a private channel, or takes them out of it. */
export function useLetIn(channel: Place) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ userId, inside }: { userId: string; inside: boolean }) => {
      const params = { path: { channel_id: channel.id, user_id: userId } }
      const address = '/api/channels/{channel_id}/people/{user_id}'
      await unwrap(inside ? api.PUT(address, { params }) : api.DELETE(address, { params }))
    },
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(channel) }),
  })
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { Channel, Rule } from '@/api/types'

const at = (channel: Channel) => ({ path: { channel_id: channel.id } })
// Under the group's key, so that whatever changes its rights renews them.
const keyOf = (channel: Channel) => ['group', channel.group_id, 'rules', channel.id]

/** The rules of a place. */
export function useRules(channel: Channel) {
  return useQuery({
    queryKey: keyOf(channel),
    queryFn: () => unwrap(api.GET('/api/channels/{channel_id}/rules', { params: at(channel) })),
    staleTime: 0,
  })
}

/** Whom these rules would reach, without setting them; null leaves the question out. */
export function useReach(channel: Channel, rules: Rule[] | null) {
  return useQuery({
    queryKey: [...keyOf(channel), 'reach', rules],
    queryFn: () => {
      const body = { rules: rules ?? [] }
      const address = '/api/channels/{channel_id}/rules/reach'
      return unwrap(api.POST(address, { params: at(channel), body }))
    },
    enabled: rules !== null,
    placeholderData: (before) => before,
  })
}

/** Sets all rules of a place. */
export function useSetRules(channel: Channel) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rules: Rule[]) =>
      unwrap(api.PUT('/api/channels/{channel_id}/rules', { params: at(channel), body: { rules } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['group', channel.group_id] }),
  })
}

import { useMemo } from 'react'
import type { Channel } from '@/api/types'
import { usePeople } from '@/features/channels/people'
import { useMembers } from '@/features/groups/api'
import { useAllPages } from '@/features/groups/useAllPages'

const NOWHERE = { id: '', group_id: null }

/** Who can read a place, and the members of its group who cannot, as far as they are known. */
export function useAround(channel: Channel | undefined, wanted: boolean) {
  const groupId = channel?.group_id ?? ''
  const inside = usePeople(channel ?? NOWHERE, wanted && channel !== undefined)
  const members = useMembers(groupId, wanted && groupId !== '' && channel?.private === true)
  useAllPages(inside)
  useAllPages(members)
  return useMemo(() => {
    const readers = inside.data?.pages.flatMap((page) => page.members.map(({ user }) => user))
    const ids = new Set(readers?.map(({ id }) => id))
    const all = members.data?.pages.flatMap((page) => page.members.map(({ user }) => user))
    return {
      readers: readers ?? [],
      others: all?.filter(({ id }) => !ids.has(id)) ?? [],
      /** Nobody is missing. */
      whole: readers !== undefined && !inside.hasNextPage,
    }
  }, [inside.data, inside.hasNextPage, members.data])
}

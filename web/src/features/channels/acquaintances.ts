import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, unwrap } from '@/api/client'
import { useAll } from '@/api/entities'
import { useSession } from '@/api/session'
import type { Group, User } from '@/api/types'

const idsOf = (groups: readonly Group[]) => groups.map(({ id }) => id)
const everybody = (users: readonly User[]) => users

/** Everybody I may write to, by name: the members of my groups and whoever I met elsewhere. */
export function useAcquaintances(): { people: User[]; pending: boolean } {
  const { me } = useSession()
  const groups = useAll('group', idsOf)
  const met = useAll('user', everybody)
  const { listed, pending } = useQueries({
    queries: groups.map((groupId) => ({
      queryKey: ['group', groupId, 'everyone'],
      queryFn: () => membersOf(groupId),
      staleTime: 60_000,
    })),
    combine: (answers) => ({
      listed: answers.flatMap(({ data }) => data ?? []),
      pending: answers.some(({ isPending }) => isPending),
    }),
  })
  const people = useMemo(() => peopleBeside(me?.id ?? '', [...listed, ...met]), [me, listed, met])
  return { people, pending }
}

/** Each person once and as told last, by name, without me and those who are gone. */
export function peopleBeside(me: string, told: readonly User[]): User[] {
  const once = new Map(told.map((user) => [user.id, user]))
  return [...once.values()]
    .filter(({ id, active }) => active && id !== me)
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

async function membersOf(groupId: string): Promise<User[]> {
  const users: User[] = []
  let after: string | null = null
  do {
    const query: { limit: number; after?: string } = { limit: 200, ...(after ? { after } : {}) }
    const params = { path: { group_id: groupId }, query }
    const page = await unwrap(api.GET('/api/groups/{group_id}/members', { params }))
    users.push(...page.members.map(({ user }) => user))
    after = page.next
  } while (after)
  return users
}

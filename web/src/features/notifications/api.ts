import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { ApiError, api, unwrap } from '@/api/client'
import { entities, useEntity } from '@/api/entities'
import { peopleVersion, takePeople } from '@/api/people'
import { useSession } from '@/api/session'
import type { Activity, Message, Told } from '@/api/types'
import { complain } from '@/features/groups/complain'

/** Which part of the inbox. */
export type Filter = 'all' | 'mentions' | 'replies' | 'reactions'

type Pages = InfiniteData<Activity>
const KEY = 'activity'
const COUNT = [KEY, 'count']

async function fetchPage(filter: Filter, unread: boolean, before: string): Promise<Activity> {
  const version = peopleVersion()
  const query = { filter, unread, limit: 50, ...(before ? { before } : {}) }
  const page = await unwrap(api.GET('/api/activity', { params: { query } }))
  takePeople(page.users, version)
  return page
}

/** One's inbox, the newest first, page by page. */
export function useActivity(filter: Filter, unread: boolean) {
  return useInfiniteQuery({
    queryKey: [KEY, 'list', filter, unread],
    queryFn: ({ pageParam }) => fetchPage(filter, unread, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.before,
    staleTime: 0,
  })
}

/** How many unread notifications count. */
export function useCounting(): number {
  const { state } = useSession()
  const { data } = useQuery({
    queryKey: COUNT,
    queryFn: async () => {
      const query = { limit: 1 }
      const page = await unwrap(api.GET('/api/activity', { params: { query } }))
      return page.unread.counting
    },
    enabled: state === 'signed-in',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? 0
}

/** What marks notifications read: on the screen at once. */
export function useMarking() {
  const client = useQueryClient()
  return useMemo(
    () => ({
      one: (told: Told) => void mark(client, { ids: [told.id], all: false }),
      all: () => markActivityRead(client),
    }),
    [client],
  )
}

/** Marks the whole inbox read. */
export function markActivityRead(client: QueryClient): void {
  void mark(client, { ids: [], all: true })
}

async function mark(client: QueryClient, body: { ids: string[]; all: boolean }): Promise<void> {
  const now = new Date().toISOString()
  const read = (told: Told): Told =>
    told.read_at || !(body.all || body.ids.includes(told.id)) ? told : { ...told, read_at: now }
  client.setQueriesData<Pages>(
    { queryKey: [KEY, 'list'] },
    (known) =>
      known && {
        ...known,
        pages: known.pages.map((page) => ({
          ...page,
          notifications: page.notifications.map(read),
        })),
      },
  )
  try {
    await unwrap(api.POST('/api/activity/read', { body }))
  } catch (error) {
    complain(error)
  }
  // What the server says now, also when it said no.
  await client.invalidateQueries({ queryKey: [KEY] })
}

/** The message a notification is about; null when it is gone, undefined until it is known. */
export function useMessageOf(told: Told): Message | null | undefined {
  const id = told.object_kind === 'message' ? told.object_id : null
  const known = useEntity('message', id)
  const { data } = useQuery({
    queryKey: ['told', id],
    queryFn: () => messageOf(id ?? ''),
    enabled: id !== null && !known,
    staleTime: 60_000,
  })
  const found = known ?? data
  return found?.deleted ? null : found
}

/** The text of a message; null when it is no longer there. */
export async function wordsOf(messageId: string): Promise<string | null> {
  const found = entities.get('message', messageId) ?? (await messageOf(messageId))
  return found && !found.deleted ? found.text : null
}

/** A message; null when it is no longer there. */
async function messageOf(id: string): Promise<Message | null> {
  try {
    const params = { path: { message_id: id } }
    return await unwrap(api.GET('/api/messages/{message_id}', { params }))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

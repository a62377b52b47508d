import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Channel, Group } from '@/api/types'

/** Where commands lead. */
export interface Ways {
  channel(id: string): void
  group(id: string): void
  talks(): void
  activity(): void
  threads(): void
  page(groupId: string, page: 'channels' | 'members' | 'roles' | 'settings'): void
  saved(): void
  settings(section: string): void
}

/** What the commands are about. */
export interface Scope {
  channel: Channel | undefined
  channelId: string | null
  group: Group | undefined
  /** Among my conversations, not in a group. */
  talks: boolean
  go: Ways
}

/** How to get anywhere. */
export function useWays(): Ways {
  const navigate = useNavigate()
  return useMemo(
    () => ({
      channel: (channelId) =>
        void navigate({ to: '/c/$channelId', params: { channelId }, search: {} }),
      group: (groupId) => void navigate({ to: '/g/$groupId', params: { groupId } }),
      activity: () => void navigate({ to: '/activity' }),
      threads: () => void navigate({ to: '/threads' }),
      talks: () => void navigate({ to: '/dm' }),
      page: (groupId, page) => void navigate({ to: `/g/$groupId/${page}`, params: { groupId } }),
      saved: () => void navigate({ to: '/saved' }),
      settings: (section) => void navigate({ to: '/settings/$section', params: { section } }),
    }),
    [navigate],
  )
}

import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Channel, Group } from '@/api/types'
import type { Command } from './commands'
import { groupCommands } from './groupCommands'
import { useHere } from './here'
import { goCommands, houseCommands } from './houseCommands'
import { placeCommands } from './placeCommands'

/** Where commands lead. */
export interface Ways {
  channel(id: string): void
  group(id: string): void
  page(groupId: string, page: 'channels' | 'members' | 'settings'): void
  settings(section: string): void
}

/** What the commands are about. */
export interface Scope {
  channel: Channel | undefined
  channelId: string | null
  group: Group | undefined
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
      page: (groupId, page) => void navigate({ to: `/g/$groupId/${page}`, params: { groupId } }),
      settings: (section) => void navigate({ to: '/settings/$section', params: { section } }),
    }),
    [navigate],
  )
}

/** The one registry: keys, palette, menus and the list of shortcuts all read it. */
export function useShellCommands(): Command[] {
  const { channel, channelId, group } = useHere()
  const go = useWays()
  return useMemo(() => {
    const scope: Scope = { channel, channelId, group, go }
    return [
      ...goCommands(scope),
      ...placeCommands(scope),
      ...groupCommands(scope),
      ...houseCommands(scope),
    ]
  }, [channel, channelId, group, go])
}

import { useEffect, useState } from 'react'
import { api, unwrap } from '@/api/client'
import { entities, useAll } from '@/api/entities'
import type { Channel, Group } from '@/api/types'
import { complain } from '@/features/groups/complain'
import { takeChannel } from './api'
import type { Hears } from './unread'

const LONGEST_TIMER = 2 ** 31 - 1

/** What one wants to be told, whole: a level (null is what is usual there), and until when not. */
export type Hearing = Pick<Hears, 'level' | 'muted_until'>

/** Sets what one is told of a channel that one follows; on the screen at once. */
export async function hearChannel(channelId: string, change: Partial<Hearing>): Promise<void> {
  const known = entities.get('channel', channelId)
  if (!known) return
  const body = { level: known.level, muted_until: ahead(known.muted_until), ...change }
  await hopeful('channel', channelId, body, async () => {
    const params = { path: { channel_id: channelId } }
    takeChannel(await unwrap(api.PUT('/api/channels/{channel_id}/follow', { params, body })))
  })
}

/** The same for all channels of a group that have no level of their own. */
export async function hearGroup(groupId: string, change: Partial<Hearing>): Promise<void> {
  const known = entities.get('group', groupId)
  if (!known) return
  const body = { level: known.level, muted_until: ahead(known.muted_until), ...change }
  await hopeful('group', groupId, body, async () => {
    const params = { path: { group_id: groupId } }
    const group = await unwrap(api.PUT('/api/groups/{group_id}/notifications', { params, body }))
    const { level, muted_until } = group
    entities.patch('group', groupId, { level, muted_until })
  })
}

// What is over is not said again: the server takes only a time to come.
function ahead(until: string | null): string | null {
  return until && Date.parse(until) > Date.now() ? until : null
}

async function hopeful(
  kind: 'channel' | 'group',
  id: string,
  patch: Hearing,
  ask: () => Promise<void>,
): Promise<void> {
  const cause = crypto.randomUUID()
  entities.overlay(cause, kind, id, patch)
  try {
    await ask()
  } catch (error) {
    complain(error)
  } finally {
    entities.settle(cause)
  }
}

const every = <T>(all: readonly T[]) => all

/** Renders again when what one hears of any place changes, also by a mute that ends. */
export function useHearing(): void {
  const channels = useAll<'channel', readonly Channel[]>('channel', every)
  const groups = useAll<'group', readonly Group[]>('group', every)
  const [, tick] = useState(0)
  useEffect(() => {
    const now = Date.now()
    const ends = [...channels, ...groups]
      .map(({ muted_until }) => (muted_until ? Date.parse(muted_until) : 0))
      .filter((end) => end > now)
    if (ends.length === 0) return
    const wait = Math.min(...ends) - now + 50
    if (wait > LONGEST_TIMER) return
    const timer = setTimeout(() => tick((count) => count + 1), wait)
    return () => clearTimeout(timer)
  })
}

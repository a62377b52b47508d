import { useLocation, useParams } from '@tanstack/react-router'
import { entities, useAll, useEntity } from '@/api/entities'
import type { Category, Channel, Group } from '@/api/types'
import { visibleSections } from '@/features/channels/ChannelTree'
import { conversationsOf, isConversation } from '@/features/channels/conversations'
import { foldedHere } from '@/features/channels/folded'
import { lastOf } from '@/features/channels/recent'
import { byRail } from '@/features/groups/order'
import { kept } from '@/ui/kept'

/** The group one was in last, for coming home. */
export const lastGroup = kept<string | null>('group', null)

/** Where one is, as the address says it. */
export interface Here {
  channelId: string | null
  channel: Channel | undefined
  groupId: string | null
  group: Group | undefined
  /** Among my conversations, not in a group. */
  talks: boolean
}

/** Where one is; re-renders when the place itself changes. */
export function useHere(): Here {
  const params = useParams({ strict: false })
  const channelId = params.channelId ?? null
  const channel = useEntity('channel', channelId)
  const [atList, atThreads] = [useAt('/dm'), useAt('/threads')]
  // My threads are of all groups: the list of the one I came from stays beside them.
  const came = atThreads ? lastGroup.get() : null
  const groupId = params.groupId ?? channel?.group_id ?? came
  const group = useEntity('group', groupId)
  const talks = channel ? isConversation(channel) : atList
  return { channelId, channel, groupId, group, talks }
}

const useAt = (path: string) => useLocation({ select: ({ pathname }) => pathname === path })

/** My conversations as they stand in the list. */
export function talksIn(openId: string | null): Channel[] {
  return conversationsOf(entities.all('channel'), openId)
}

/** The channels of a group as they stand in the list. */
export function orderIn(groupId: string, openId: string | null): Channel[] {
  const [categories, channels] = [entities.all('category'), entities.all('channel')]
  const sections = visibleSections(categories, channels, groupId, openId, foldedHere())
  return sections.flatMap((section) => section.channels)
}

/** Every conversation and channel in the order of rail and lists, folded or not. */
export function wholeOrder(openId: string | null): Channel[] {
  const [categories, channels] = [entities.all('category'), entities.all('channel')]
  const inGroups = byRail(entities.all('group')).flatMap(({ id }) =>
    visibleSections(categories, channels, id, openId, []).flatMap((section) => section.channels),
  )
  return [...talksIn(openId), ...inGroups]
}

const everyCategory = (all: readonly Category[]) => all
const everyChannel = (all: readonly Channel[]) => all

/** Where a click on a group leads: to the place one was in last. */
export function useDestination(groupId: string): Channel | null {
  useAll('category', everyCategory)
  useAll('channel', everyChannel)
  return lastOf(orderIn(groupId, null))
}

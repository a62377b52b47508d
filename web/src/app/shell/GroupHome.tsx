import { Navigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useEntity } from '@/api/entities'
import { useMedia, widths } from '@/ui/useMedia'
import { Gone } from './Gone'
import { lastGroup, useDestination } from './here'
import { MainSheet } from './MainSheet'
import { NothingFollowed } from './NothingFollowed'
import { Sidebar } from './Sidebar'

/** A group without a word of where in it: to the place one was in last. */
export function GroupHome() {
  const { groupId } = useParams({ from: '/signed-in/shell/place/g/$groupId' })
  const group = useEntity('group', groupId)
  const target = useDestination(groupId)
  const phone = useMedia(widths.phone)
  useEffect(() => {
    if (group) lastGroup.set(groupId)
  }, [group, groupId])
  // On a phone the list is this page; elsewhere it stands beside it.
  if (phone && group) return <Sidebar group={group} openId={null} page />
  if (target) {
    return <Navigate to="/c/$channelId" params={{ channelId: target.id }} search={{}} replace />
  }
  return <MainSheet>{group ? <NothingFollowed group={group} heading /> : <Gone />}</MainSheet>
}

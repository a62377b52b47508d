import { Navigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useEntity } from '@/api/entities'
import type { Group } from '@/api/types'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { Gone } from './Gone'
import { lastGroup, useDestination } from './here'
import { MainSheet } from './MainSheet'
import { Sidebar } from './Sidebar'
import { usePlaceTitle } from './signs'
import { useWays } from './useShellCommands'

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
  if (phone && group) return <Sidebar group={group} openId={null} />
  if (target) {
    return <Navigate to="/c/$channelId" params={{ channelId: target.id }} search={{}} replace />
  }
  return <MainSheet>{group ? <NothingHere group={group} /> : <Gone />}</MainSheet>
}

function NothingHere({ group }: { group: Group }) {
  const go = useWays()
  usePlaceTitle(group.name)
  return (
    <EmptyState
      drawing="bench"
      title={t('channels.none.follow')}
      text={t('channels.none.follow.text')}
      action={
        <Button look="primary" onClick={() => go.page(group.id, 'channels')}>
          {t('shell.group.browse')}
        </Button>
      }
    />
  )
}

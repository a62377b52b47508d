import { Navigate } from '@tanstack/react-router'
import { usePlaces } from '@/api/places'
import { openGroupDialog } from '@/features/groups/dialogs'
import { useGroups } from '@/features/groups/order'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { t } from '@/ui/text'
import { lastGroup } from './here'
import { MainSheet } from './MainSheet'
import { NoPlaces } from './NoPlaces'
import { usePlaceTitle } from './signs'

/** Coming home: to the group one was in last, or to the first step when there is none. */
export function Home() {
  const groups = useGroups()
  const { state } = usePlaces()
  const last = lastGroup.use()
  const target = groups.find(({ id }) => id === last) ?? groups[0]
  if (target) return <Navigate to="/g/$groupId" params={{ groupId: target.id }} replace />
  return (
    <div className="flex h-full tablet:pl-0">
      <MainSheet>
        {state === 'ready' && <NoGroups />}
        {state === 'failed' && <NoPlaces />}
      </MainSheet>
    </div>
  )
}

function NoGroups() {
  usePlaceTitle(t('shell.none.title'))
  return (
    <>
      <h1 className="sr-only">{t('shell.none.title')}</h1>
      <EmptyState
        drawing="lantern"
        title={t('shell.none.title')}
        text={t('shell.none.text')}
        action={
          <Button look="primary" onClick={() => openGroupDialog({ kind: 'add' })}>
            {t('groups.add')}
          </Button>
        }
      />
    </>
  )
}

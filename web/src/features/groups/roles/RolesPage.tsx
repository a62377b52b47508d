import { useState } from 'react'
import { problemCode, problemText } from '@/features/accounts/problem'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useRoles } from '../api'
import { ChangesBar } from './ChangesBar'
import { type Draft, draftOf } from './drafts'
import { useHand } from './hand'
import { RoleEditor } from './RoleEditor'
import { RoleList } from './RoleList'

/** The roles of a group and what each allows. Changes wait together until they are saved. */
export function RolesPage({ groupId }: { groupId: string }) {
  const roles = useRoles(groupId)
  const hand = useHand(groupId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  if (roles.error && !roles.data) {
    return (
      <ErrorState
        title={t('groups.roles.failed')}
        text={problemText(roles.error)}
        code={problemCode(roles.error)}
        onRetry={() => void roles.refetch()}
      />
    )
  }
  if (!roles.data) return <RolesSkeleton />
  const open =
    roles.data.find(({ id }) => id === chosen) ?? roles.data.find(hand.below) ?? roles.data[0]
  return (
    <div className="mx-auto w-full max-w-[60rem] px-4 pt-2 tablet:px-6">
      <div className="desktop:grid desktop:grid-cols-[18rem_minmax(0,1fr)] desktop:gap-9">
        <RoleList
          groupId={groupId}
          roles={roles.data}
          hand={hand}
          openId={open?.id ?? null}
          onOpen={setChosen}
        />
        {open && (
          <RoleEditor
            role={open}
            hand={hand}
            draft={drafts[open.id] ?? draftOf(open)}
            onChange={(draft) => setDrafts((now) => ({ ...now, [open.id]: draft }))}
          />
        )}
      </div>
      <ChangesBar
        groupId={groupId}
        roles={roles.data}
        drafts={drafts}
        onDone={() => setDrafts({})}
      />
    </div>
  )
}

function RolesSkeleton() {
  return (
    <Loading>
      <div className="mx-auto grid w-full max-w-[60rem] gap-3 px-4 pt-4 tablet:px-6">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    </Loading>
  )
}

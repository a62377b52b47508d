import { Search, UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useEntity } from '@/api/entities'
import type { Member } from '@/api/types'
import { problemCode, problemText } from '@/features/accounts/problem'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useMembers, useRoles } from './api'
import { openGroupDialog } from './dialogs'
import { MemberRow } from './MemberRow'
import { may } from './rights'
import { SearchField } from './SearchField'
import { useAllPages } from './useAllPages'

/** Everyone in a group, with their roles. */
export function MembersPage({ groupId }: { groupId: string }) {
  const group = useEntity('group', groupId)
  const members = useMembers(groupId)
  useAllPages(members)
  const [wanted, setWanted] = useState('')
  const needle = useDeferredValue(wanted).trim().toLocaleLowerCase()
  if (members.error && !members.data) {
    return (
      <ErrorState
        title={t('groups.members.failed')}
        text={problemText(members.error)}
        code={problemCode(members.error)}
        onRetry={() => void members.refetch()}
      />
    )
  }
  const all = members.data?.pages.flatMap((page) => page.members) ?? []
  return (
    <div className="mx-auto w-full max-w-[45rem] px-4 pt-2 pb-16 tablet:px-6">
      <div className="flex gap-2.5">
        <SearchField
          icon={Search}
          label={t('groups.members.search')}
          value={wanted}
          onChange={setWanted}
        />
        {may(group, 'create_invites') && (
          <Button onClick={() => openGroupDialog({ kind: 'invite', groupId })} className="h-10">
            <UserPlus size={18} aria-hidden />
            {t('groups.members.invite')}
          </Button>
        )}
      </div>
      {members.isPending ? (
        <MembersSkeleton />
      ) : (
        <Found groupId={groupId} members={all} needle={needle} />
      )}
    </div>
  )
}

function Found(props: { groupId: string; members: Member[]; needle: string }) {
  const roles = useRoles(props.groupId).data ?? []
  const found = props.members.filter(({ user }) =>
    `${user.name} ${user.title}`.toLocaleLowerCase().includes(props.needle),
  )
  return (
    <>
      <p role="status" className="mt-5 px-2.5 text-ink-3 text-small">
        {props.needle && found.length === 0
          ? t('groups.members.none', { text: props.needle })
          : t('groups.members.count', { count: found.length })}
      </p>
      <ul aria-label={t('groups.members')} className="mt-1">
        {found.map((member) => (
          <MemberRow key={member.user.id} member={member} groupId={props.groupId} roles={roles} />
        ))}
      </ul>
    </>
  )
}

function MembersSkeleton() {
  return (
    <Loading>
      <div className="mt-10 grid gap-5 px-2.5">
        {[40, 52, 36, 44].map((width) => (
          <div key={width} className="flex items-center gap-3.5">
            <Skeleton className="size-9 rounded-full" />
            <div style={{ width: `${width}%` }}>
              <Skeleton className="h-4" />
            </div>
          </div>
        ))}
      </div>
    </Loading>
  )
}

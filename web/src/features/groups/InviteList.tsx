import type { Invite } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { Button } from '@/ui/Button'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useInvites, useRevokeInvite } from './api'
import { complain } from './complain'
import { inviteWords, isLiving, madeWords } from './invites'

/** The links that still let somebody in; each can be ended. */
export function InviteList({ groupId }: { groupId: string }) {
  const invites = useInvites(groupId)
  const living = invites.data?.filter((invite) => isLiving(invite))
  return (
    <section className="mt-7">
      <h3 className="serif text-section">{t('groups.invite.living')}</h3>
      {invites.error && <ProblemNotice error={invites.error} />}
      {invites.isPending && (
        <Loading>
          <Skeleton className="mt-3 h-11" />
        </Loading>
      )}
      {living?.length === 0 && (
        <p className="mt-1 text-ink-3 text-small">{t('groups.invite.none')}</p>
      )}
      <ul className="mt-1">
        {living?.map((invite) => (
          <InviteRow key={invite.id} invite={invite} groupId={groupId} />
        ))}
      </ul>
    </section>
  )
}

function InviteRow({ invite, groupId }: { invite: Invite; groupId: string }) {
  const revoke = useRevokeInvite(groupId)
  return (
    <li className="flex min-h-12 items-center gap-3">
      <div className="min-w-0 flex-1">
        <p className="text-ink-1">{inviteWords(invite)}</p>
        <p className="text-ink-3 text-small">{madeWords(invite)}</p>
      </div>
      <Button
        look="ghost"
        size="small"
        busy={revoke.isPending}
        onClick={() => revoke.mutate(invite.id, { onError: complain })}
      >
        {t('groups.invite.revoke')}
      </Button>
    </li>
  )
}

import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useRef } from 'react'
import { ApiError } from '@/api/client'
import { type Session, useSession } from '@/api/session'
import { Arch } from '@/ui/Arch'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useTitle } from '@/ui/useTitle'
import { useAcceptInvitation, useInvitation } from './api'
import { EntryFrame } from './EntryFrame'
import { type Invitation, JoinForm } from './JoinForm'
import { ProblemNotice } from './ProblemNotice'
import { problemCode, problemText } from './problem'

/** The page an invitation link leads to. */
export function Join() {
  const { token = '' } = useParams({ strict: false })
  const invitation = useInvitation(token)
  const state = useArrival()
  useTitle(t('accounts.join.title'))
  if (invitation.error) return <NoInvitation error={invitation.error} retry={invitation.refetch} />
  if (!invitation.data || state === 'loading') return <JoinSkeleton />
  const { data } = invitation
  const known = state === 'signed-in' && data.kind === 'join'
  return (
    <EntryFrame title={title(data)} lead={known ? t('accounts.join.known') : lead(data)}>
      {data.group_name && data.kind === 'join' && (
        <div className="mb-6 flex items-center gap-4 rounded-menu bg-(--raised) px-4 py-3.5">
          <Arch name={data.group_name} lit />
          <span dir="auto" className="serif min-w-0 break-words text-place">
            {data.group_name}
          </span>
        </div>
      )}
      {known ? <AcceptButton token={token} /> : <JoinForm token={token} invitation={data} />}
      {!known && data.kind === 'join' && (
        <p className="mt-6 text-center text-ink-3">
          {t('accounts.join.have')}{' '}
          <Link
            to="/sign-in"
            search={{ next: `/join/${token}` }}
            className="font-strong text-sky hover:underline"
          >
            {t('accounts.join.signIn')}
          </Link>
        </p>
      )}
    </EntryFrame>
  )
}

/** How one came here. Joining signs one in: the form stays until it has led further. */
function useArrival(): Session['state'] {
  const { state } = useSession()
  const arrival = useRef(state)
  if (arrival.current === 'loading') arrival.current = state
  return arrival.current
}

function title(invitation: Invitation): string {
  if (invitation.kind === 'claim') {
    return t('accounts.claim.title', { name: invitation.name?.split(' ')[0] ?? '' })
  }
  return invitation.workspace_name
}

function lead({ kind, workspace_name, inviter_name }: Invitation): string {
  if (kind === 'claim') return t('accounts.claim.lead', { workspace: workspace_name })
  return inviter_name ? t('accounts.join.lead', { name: inviter_name }) : t('accounts.join.open')
}

function AcceptButton({ token }: { token: string }) {
  const { me } = useSession()
  const navigate = useNavigate()
  const accept = useAcceptInvitation()
  const go = () => accept.mutate(token, { onSuccess: () => void navigate({ to: '/' }) })
  return (
    <div className="grid gap-4">
      {accept.error && <ProblemNotice error={accept.error} />}
      <Button look="primary" size="large" busy={accept.isPending} onClick={go}>
        {t('accounts.join.accept')}
      </Button>
      <p className="text-center text-ink-3 text-small">
        {t('accounts.join.as', { name: me?.name ?? '' })}
      </p>
    </div>
  )
}

function NoInvitation({ error, retry }: { error: Error; retry: () => void }) {
  // A link cut short in the mail is as good as one that is over.
  const gone = error instanceof ApiError && (error.status === 404 || error.status === 422)
  return (
    <ErrorState
      page
      drawing={gone ? 'letter' : 'well'}
      title={t(gone ? 'accounts.gone.title' : 'accounts.gone.unclear')}
      text={gone ? t('accounts.gone.text') : problemText(error)}
      code={gone ? null : problemCode(error)}
      onRetry={gone ? undefined : retry}
      action={
        gone && (
          <Button asChild>
            <Link to="/sign-in">{t('accounts.gone.signIn')}</Link>
          </Button>
        )
      }
    />
  )
}

function JoinSkeleton() {
  return (
    <EntryFrame title=" " lead=" ">
      <Loading>
        <div className="grid gap-4">
          <Skeleton className="h-20" />
          <Skeleton className="h-11" />
          <Skeleton className="h-11" />
        </div>
      </Loading>
    </EntryFrame>
  )
}

import { Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSession } from '@/api/session'
import { t } from '@/ui/text'
import { useTitle } from '@/ui/useTitle'
import { useWorkspace } from './api'
import { EntryFrame } from './EntryFrame'
import { greeting } from './greeting'
import { SignInForm } from './SignInForm'
import { safePath } from './safePath'

/** The way in for people who have an account. */
export function SignIn() {
  const { state } = useSession()
  const workspace = useWorkspace()
  const { next } = useSearch({ strict: false })
  useTitle(t('accounts.signIn.submit'))
  if (workspace.data?.state === 'new') return <Navigate to="/setup" replace />
  if (state === 'signed-in' || state === 'offline') {
    return <GoTo path={safePath(next) ?? '/'} />
  }
  return (
    <EntryFrame
      title={workspace.data?.name ?? t('ui.mark')}
      lead={`${t(greeting(new Date().getHours()))} ${t('accounts.signIn.lead')}`}
    >
      <SignInForm />
    </EntryFrame>
  )
}

// By address, not by route: where one came from may carry a search and a place in the page.
function GoTo({ path }: { path: string }) {
  const { history } = useRouter()
  useEffect(() => history.replace(path), [history, path])
  return null
}

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { ApiError } from '@/api/client'
import { signIn } from '@/api/session'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { PasswordInput } from '@/ui/PasswordInput'
import { t } from '@/ui/text'
import { ProblemNotice } from './ProblemNotice'
import { useCountdown } from './useCountdown'

interface Credentials {
  email: string
  password: string
  remember: boolean
}

/** E-mail, password, and an honest word when they do not open the door. */
export function SignInForm() {
  const password = useRef<HTMLInputElement>(null)
  const { entry, change, submit, error, busy, wait } = useAttempt(() => password.current?.select())
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t('accounts.email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            dir="ltr"
            autoFocus
            required
            value={entry.email}
            onChange={(event) => change({ email: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('accounts.password')}>
        {(control) => (
          <PasswordInput
            {...control}
            ref={password}
            name="password"
            autoComplete="current-password"
            required
            value={entry.password}
            onChange={(event) => change({ password: event.target.value })}
          />
        )}
      </Field>
      <Refusal error={error} wait={wait} />
      <SignInActions entry={entry} change={change} busy={busy} wait={wait} />
    </form>
  )
}

interface ActionsProps {
  entry: Credentials
  change: (part: Partial<Credentials>) => void
  busy: boolean
  wait: number
}

function SignInActions({ entry, change, busy, wait }: ActionsProps) {
  return (
    <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
      <Checkbox
        label={t('accounts.signIn.remember')}
        checked={entry.remember}
        onChange={(remember) => change({ remember })}
      />
      <Button
        type="submit"
        look="primary"
        size="large"
        busy={busy}
        disabled={wait > 0}
        className="phone:w-full"
      >
        {wait > 0 ? t('accounts.signIn.wait', { seconds: wait }) : t('accounts.signIn.submit')}
      </Button>
    </div>
  )
}

/** What was written, the last refusal, and how long the server wants us to wait. */
function useAttempt(onRefused: () => void) {
  const [entry, setEntry] = useState<Credentials>({ email: '', password: '', remember: true })
  const [waitUntil, setWaitUntil] = useState<number | null>(null)
  const wait = useCountdown(waitUntil)
  const attempt = useMutation({
    mutationFn: () => signIn(entry.email.trim(), entry.password, entry.remember),
    onError: (error) => {
      if (error instanceof ApiError && error.status === 429) {
        setWaitUntil(Date.now() + (error.retryAfter ?? 30) * 1000)
      }
      onRefused()
    },
  })
  const change = (part: Partial<Credentials>) => setEntry((old) => ({ ...old, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wait === 0 && !attempt.isPending) attempt.mutate()
  }
  return { entry, change, submit, error: attempt.error, busy: attempt.isPending, wait }
}

/** Never says which of the two was wrong: that would tell a stranger who has an account. */
function Refusal({ error, wait }: { error: Error | null; wait: number }) {
  if (!error) return null
  const status = error instanceof ApiError ? error.status : 0
  if (status === 401 || status === 422) {
    return <Notice tone="bad">{t('accounts.signIn.wrong')}</Notice>
  }
  if (status !== 429) return <ProblemNotice error={error} />
  if (wait === 0) return null
  return <Notice tone="bad">{t('accounts.signIn.tooMany')}</Notice>
}

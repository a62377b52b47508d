import { type FormEvent, useState } from 'react'
import { useSession } from '@/api/session'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { PasswordInput } from '@/ui/PasswordInput'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useChangePassword } from '../api'
import { NewPassword } from '../NewPassword'
import { ProblemNotice } from '../ProblemNotice'
import { fieldProblem, isGeneral } from '../problem'

/** A new password; it signs every other device out. */
export function PasswordSettings() {
  const { me } = useSession()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useChangePassword()
  const done = () => {
    setCurrent('')
    setNext('')
    toast({ text: t('accounts.password.changed'), tone: 'good' })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate({ current, new: next }, { onSuccess: done })
  }
  return (
    <form onSubmit={submit} className="grid max-w-[26rem] gap-4">
      <p className="text-ink-2">{t('accounts.password.lead')}</p>
      {/* Password managers want to know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={me?.email ?? ''} />
      <Field label={t('accounts.password.current')} error={fieldProblem(change.error, 'current')}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <NewPassword
        label={t('accounts.password.new')}
        value={next}
        onChange={setNext}
        about={[me?.name ?? '', me?.email ?? '']}
        error={fieldProblem(change.error, 'new')}
      />
      {isGeneral(change.error, ['current', 'new']) && <ProblemNotice error={change.error} />}
      <div className="mt-2">
        <Button type="submit" look="primary" busy={change.isPending}>
          {t('accounts.password.change')}
        </Button>
      </div>
    </form>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { components } from '@/api/schema.gen'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useJoin } from './api'
import { NewPassword } from './NewPassword'
import { ProblemNotice } from './ProblemNotice'
import { fieldProblem, isGeneral } from './problem'

/** What an invitation link says of itself. */
export type Invitation = components['schemas']['InviteLook']

/** Name, address and password of someone new; only a password for someone who was here before. */
export function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const claim = invitation.kind === 'claim'
  const [name, setName] = useState(invitation.name ?? '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const navigate = useNavigate()
  const join = useJoin()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (join.isPending) return
    const body = { token, name: name.trim(), email: email.trim(), password }
    join.mutate(body, { onSuccess: () => void navigate({ to: '/' }) })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {!claim && <NameField value={name} onChange={setName} error={join.error} />}
      <EmailField value={email} onChange={setEmail} fixed={claim} error={join.error} />
      <NewPassword
        label={t(claim ? 'accounts.claim.password' : 'accounts.password')}
        value={password}
        onChange={setPassword}
        about={[name, email]}
        error={fieldProblem(join.error, 'password')}
      />
      {isGeneral(join.error, ['name', 'email', 'password']) && <ProblemNotice error={join.error} />}
      <Button type="submit" look="primary" size="large" busy={join.isPending} className="mt-2">
        {t(claim ? 'accounts.claim.submit' : 'accounts.join.submit')}
      </Button>
    </form>
  )
}

interface TextFieldProps {
  value: string
  onChange: (value: string) => void
  error: unknown
}

function NameField({ value, onChange, error }: TextFieldProps) {
  return (
    <Field label={t('accounts.name')} error={fieldProblem(error, 'name')}>
      {(control) => (
        <Input
          {...control}
          name="name"
          autoComplete="name"
          autoFocus
          required
          maxLength={80}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function EmailField({ value, onChange, error, fixed }: TextFieldProps & { fixed: boolean }) {
  return (
    <Field label={t('accounts.email')} error={fieldProblem(error, 'email')}>
      {(control) => (
        <Input
          {...control}
          type="email"
          name="email"
          autoComplete="username"
          dir="ltr"
          required
          readOnly={fixed}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={fixed ? 'text-ink-2' : ''}
        />
      )}
    </Field>
  )
}

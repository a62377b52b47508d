import { useState } from 'react'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useSetup, useWorkspace } from '../api'
import { NewPassword } from '../NewPassword'
import { ProblemNotice } from '../ProblemNotice'
import { fieldProblem, isGeneral } from '../problem'
import type { StepProps } from './draft'
import { StepForm } from './StepForm'

const FIELDS = ['name', 'email', 'password', 'setup_code']

/** Step 2: the first person. From here on the workspace exists. */
export function OwnerStep({ draft, change }: StepProps) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const setup = useSetup()
  const codeNeeded = useWorkspace().data?.setup_code_required ?? false
  const submit = () => {
    const body = {
      workspace_name: draft.workspace,
      name: draft.name.trim(),
      email: draft.email.trim(),
      password,
      setup_code: codeNeeded ? code.trim() : null,
    }
    setup.mutate(body, { onSuccess: () => change({ step: 3 }) })
  }
  return (
    <StepForm
      title={t('accounts.setup.owner.title')}
      lead={t('accounts.setup.owner.lead')}
      submit={t('accounts.setup.continue')}
      busy={setup.isPending}
      onBack={() => change({ step: 1 })}
      onSubmit={submit}
    >
      <div className="grid gap-4">
        <PersonFields draft={draft} change={change} error={setup.error} />
        <NewPassword
          label={t('accounts.password')}
          value={password}
          onChange={setPassword}
          about={[draft.name, draft.email, draft.workspace]}
          error={fieldProblem(setup.error, 'password')}
        />
        {codeNeeded && <CodeField value={code} onChange={setCode} error={setup.error} />}
        {isGeneral(setup.error, FIELDS) && <ProblemNotice error={setup.error} />}
      </div>
    </StepForm>
  )
}

function PersonFields({ draft, change, error }: StepProps & { error: unknown }) {
  return (
    <div className="grid gap-4 tablet:grid-cols-2">
      <Field label={t('accounts.name')} error={fieldProblem(error, 'name')}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            required
            maxLength={80}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('accounts.email')} error={fieldProblem(error, 'email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            dir="ltr"
            required
            value={draft.email}
            onChange={(event) => change({ email: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

interface CodeProps {
  value: string
  onChange: (value: string) => void
  error: unknown
}

function CodeField({ value, onChange, error }: CodeProps) {
  return (
    <Field
      label={t('accounts.setup.code')}
      hint={t('accounts.setup.code.hint')}
      error={fieldProblem(error, 'setup_code')}
    >
      {(control) => (
        <Input
          {...control}
          name="setup-code"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="font-code"
        />
      )}
    </Field>
  )
}

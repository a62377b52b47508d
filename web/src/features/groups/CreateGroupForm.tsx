import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { Arch } from '@/ui/Arch'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useCreateGroup } from './api'

/** Name and purpose of a new group; the arch beside it takes shape while one types. */
export function CreateGroupForm({ onEnter }: { onEnter: (groupId: string) => void }) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [asked, setAsked] = useState(false)
  // The same id for every attempt, so that a lost answer does not found a second group.
  const [clientId] = useState(() => crypto.randomUUID())
  const create = useCreateGroup()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!name.trim() || create.isPending) return
    const body = { client_id: clientId, name: name.trim(), description: description.trim() }
    create.mutate(body, { onSuccess: (group) => onEnter(group.id) })
  }
  const missing = asked && !name.trim() ? t('groups.name.missing') : null
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <NameField
        name={name}
        error={missing ?? fieldProblem(create.error, 'name')}
        onChange={setName}
      />
      <Field
        label={t('groups.description')}
        hint={t('groups.description.hint')}
        error={fieldProblem(create.error, 'description')}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {isGeneral(create.error, ['name', 'description']) && <ProblemNotice error={create.error} />}
      <Button
        type="submit"
        look="primary"
        busy={create.isPending}
        className="justify-self-end phone:justify-self-stretch"
      >
        {t('groups.create')}
      </Button>
    </form>
  )
}

interface NameProps {
  name: string
  error: string | null
  onChange: (name: string) => void
}

function NameField({ name, error, onChange }: NameProps) {
  return (
    <div className="flex items-start gap-4">
      <div className="min-w-0 flex-1">
        <Field label={t('groups.name')} hint={t('groups.name.hint')} error={error}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              maxLength={80}
              value={name}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      </div>
      <span className="mt-[1.125rem]">
        <Arch name={name.trim()} lit={name.trim() !== ''} />
      </span>
    </div>
  )
}

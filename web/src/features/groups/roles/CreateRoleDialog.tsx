import { useState } from 'react'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useCreateRole } from './api'

interface Props {
  groupId: string
  onClose: () => void
  onMade: (roleId: string) => void
}

/** The name of a new role; what it allows is set afterwards. */
export function CreateRoleDialog({ groupId, onClose, onMade }: Props) {
  const [name, setName] = useState('')
  const [asked, setAsked] = useState(false)
  const [clientId] = useState(() => crypto.randomUUID())
  const create = useCreateRole(groupId)
  const made = (roleId: string) => {
    onClose()
    onMade(roleId)
  }
  const submit = () => {
    setAsked(true)
    if (!name.trim()) return
    const wish = { client_id: clientId, name: name.trim() }
    create.mutate(wish, { onSuccess: ({ id }) => made(id) })
  }
  const missing = asked && !name.trim() ? t('groups.roles.name.missing') : null
  return (
    <FormDialog
      title={t('groups.roles.new')}
      description={t('groups.roles.new.text')}
      submit={t('groups.roles.create')}
      busy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('groups.roles.name')} error={missing ?? fieldProblem(create.error, 'name')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {isGeneral(create.error, ['name']) && <ProblemNotice error={create.error} />}
    </FormDialog>
  )
}

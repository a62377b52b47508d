import { useState } from 'react'
import { Arch } from '@/ui/Arch'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useFirstGroup } from '../api'
import { ProblemNotice } from '../ProblemNotice'
import { fieldProblem, isGeneral } from '../problem'
import type { StepProps } from './draft'
import { StepForm } from './StepForm'

/** Step 3: the first group, and perhaps something to look at. */
export function GroupStep({ draft, change }: StepProps) {
  const [empty, setEmpty] = useState(false)
  const create = useFirstGroup()
  const name = draft.groupName.trim()
  const submit = () => {
    if (!name && !draft.demo) return setEmpty(true)
    create.mutate(
      { client_id: draft.clientId, name, demo: draft.demo },
      {
        onSuccess: (group) =>
          group && change({ groupId: group.id, groupName: group.name, step: 4 }),
      },
    )
  }
  const error =
    empty && !name ? t('accounts.setup.group.empty') : fieldProblem(create.error, 'name')
  return (
    <StepForm
      title={t('accounts.setup.group.title')}
      lead={t('accounts.setup.group.lead')}
      submit={t('accounts.setup.continue')}
      busy={create.isPending}
      onSubmit={submit}
    >
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <Field
            label={t('accounts.setup.group.label')}
            hint={t('accounts.setup.group.hint')}
            error={error}
          >
            {(control) => (
              <Input
                {...control}
                name="group"
                autoComplete="off"
                maxLength={80}
                value={draft.groupName}
                onChange={(event) => change({ groupName: event.target.value })}
              />
            )}
          </Field>
        </div>
        <span className="mt-[1.125rem]">
          <Arch name={name} lit={name !== ''} />
        </span>
      </div>
      <div className="mt-5 rounded-menu bg-stone-3 px-4 py-3.5">
        <Checkbox
          label={t('accounts.setup.demo')}
          hint={t('accounts.setup.demo.hint')}
          checked={draft.demo}
          onChange={(demo) => change({ demo })}
        />
      </div>
      {isGeneral(create.error, ['name']) && (
        <div className="mt-4">
          <ProblemNotice error={create.error} />
        </div>
      )}
    </StepForm>
  )
}

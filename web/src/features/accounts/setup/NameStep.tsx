import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import type { StepProps } from './draft'
import { StepForm } from './StepForm'

/** Step 1: what the workspace is called. */
export function NameStep({ draft, change }: StepProps) {
  return (
    <StepForm
      title={t('accounts.setup.name.title')}
      lead={t('accounts.setup.name.lead')}
      submit={t('accounts.setup.continue')}
      onSubmit={() => change({ workspace: draft.workspace.trim(), step: 2 })}
    >
      <Field label={t('accounts.setup.name.label')} hint={t('accounts.setup.name.hint')}>
        {(control) => (
          <Input
            {...control}
            name="organization"
            autoComplete="organization"
            required
            maxLength={80}
            pattern=".*\S.*"
            value={draft.workspace}
            onChange={(event) => change({ workspace: event.target.value })}
          />
        )}
      </Field>
    </StepForm>
  )
}

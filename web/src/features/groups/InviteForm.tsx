import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/CopyButton'
import { Field } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { t } from '@/ui/text'
import { useCreateInvite } from './api'

const hours = ['24', '168', '720', 'never'] as const
const uses = ['1', '10', '100', 'any'] as const
type Hours = (typeof hours)[number]
type Uses = (typeof uses)[number]

/** How long and how often, then a link to copy. It is shown once: only a trace of it is stored. */
export function InviteForm({ groupId }: { groupId: string }) {
  const [until, setUntil] = useState<Hours>('168')
  const [most, setMost] = useState<Uses>('any')
  const create = useCreateInvite(groupId)
  const make = () =>
    create.mutate({
      expires_in_hours: until === 'never' ? null : Number(until),
      max_uses: most === 'any' ? null : Number(most),
    })
  const token = create.data?.token
  const changed = () => create.reset()
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Choice
          label={t('groups.invite.until')}
          value={until}
          values={hours}
          name="until"
          onChange={(next) => {
            setUntil(next)
            changed()
          }}
        />
        <Choice
          label={t('groups.invite.most')}
          value={most}
          values={uses}
          name="most"
          onChange={(next) => {
            setMost(next)
            changed()
          }}
        />
      </div>
      {create.error && <ProblemNotice error={create.error} />}
      {token ? (
        <MadeLink link={`${location.origin}/join/${token}`} />
      ) : (
        <Button look="primary" busy={create.isPending} onClick={make} className="h-11">
          {t('groups.invite.make')}
        </Button>
      )}
    </div>
  )
}

interface ChoiceProps<Value extends Hours | Uses> {
  label: string
  name: 'until' | 'most'
  value: Value
  values: readonly Value[]
  onChange: (value: Value) => void
}

function Choice<Value extends Hours | Uses>({ label, name, values, ...rest }: ChoiceProps<Value>) {
  const options = values.map((value) => ({ value, label: choiceLabel(name, value) }))
  return <Field label={label}>{({ id }) => <Select id={id} options={options} {...rest} />}</Field>
}

function choiceLabel(name: 'until' | 'most', value: Hours | Uses): string {
  if (value === 'never') return t('groups.invite.never')
  if (value === 'any') return t('groups.invite.any')
  if (name === 'most') return t('groups.invite.people', { count: Number(value) })
  return t('groups.invite.days', { count: Number(value) / 24 })
}

function MadeLink({ link }: { link: string }) {
  return (
    <div
      role="status"
      className="flex items-center gap-3 rounded-row bg-stone-3 py-1.5 pr-1.5 pl-3"
    >
      <Link2 size={18} aria-hidden className="text-ink-3" />
      <input
        readOnly
        aria-label={t('groups.invite.link')}
        value={link}
        dir="ltr"
        onFocus={(event) => event.target.select()}
        className="min-w-0 flex-1 truncate bg-transparent text-ink-1 text-small outline-none"
      />
      <CopyButton text={link} label={t('groups.invite.copy')} focused />
    </div>
  )
}

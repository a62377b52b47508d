import { useState } from 'react'
import { useSession } from '@/api/session'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { t } from '@/ui/text'
import { ProblemNotice } from './ProblemNotice'
import { setStatus, signs, statusEnds } from './status'

const NONE = { emoji: null, text: '', until: null }

/** How one is, for the others to see: a sign, a few words, and when it ends by itself. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
  const known = useSession().me?.status
  const [emoji, setEmoji] = useState(known?.emoji ?? null)
  const [text, setText] = useState(known?.text ?? '')
  const [end, setEnd] = useState('never')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const save = (clear: boolean) => {
    const until = statusEnds.find(({ id }) => id === end)?.until(new Date()) ?? null
    const body = { emoji, text: text.trim(), until: until?.toISOString() ?? null }
    setBusy(true)
    setStatus(clear ? NONE : body)
      .then(onClose, setError)
      .finally(() => setBusy(false))
  }
  return (
    <FormDialog
      title={t('accounts.status.title')}
      description={t('accounts.status.lead')}
      submit={t('accounts.status.save')}
      busy={busy}
      onSubmit={() => save(false)}
      onClose={onClose}
    >
      {error instanceof Error && <ProblemNotice error={error} />}
      <Field label={t('accounts.status.text')}>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Signs chosen={emoji} onChoose={setEmoji} />
      <Field label={t('accounts.status.until')}>
        {(control) => (
          <Select
            id={control.id}
            value={end}
            options={statusEnds.map(({ id, name }) => ({ value: id, label: t(name) }))}
            onChange={setEnd}
          />
        )}
      </Field>
      {known && (
        <Button look="ghost" className="justify-self-start" onClick={() => save(true)}>
          {t('accounts.status.clear')}
        </Button>
      )}
    </FormDialog>
  )
}

interface SignsProps {
  chosen: string | null
  onChoose: (sign: string | null) => void
}

function Signs({ chosen, onChoose }: SignsProps) {
  return (
    <fieldset className="grid grid-cols-8 gap-1">
      <legend className="sr-only">{t('accounts.status.sign')}</legend>
      {signs.map((sign) => (
        <button
          key={sign}
          type="button"
          aria-pressed={sign === chosen}
          onClick={() => onChoose(sign === chosen ? null : sign)}
          className={cx(
            'grid h-9 place-items-center rounded-row text-lead transition-colors pointer-coarse:h-11',
            sign === chosen ? 'bg-stone-4' : 'hover:bg-stone-3',
          )}
        >
          {sign}
        </button>
      ))}
    </fieldset>
  )
}

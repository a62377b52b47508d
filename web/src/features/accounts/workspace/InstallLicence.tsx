import { type ChangeEvent, type FormEvent, useId, useRef, useState } from 'react'
import type { CoveredByLicence } from '@/api/types'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { fullDay } from '@/ui/days'
import { Field } from '@/ui/Field'
import { TextArea } from '@/ui/Input'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { problemText } from '../problem'
import { useInstallLicence, useLookAtLicence } from './api'

const LONGEST = 4000

/** A licence is pasted or picked, looked at, and put in after a yes. */
export function InstallLicence({ replaces }: { replaces: boolean }) {
  const [text, setText] = useState('')
  const look = useLookAtLicence()
  const install = useInstallLicence()
  const change = (next: string) => {
    look.reset()
    install.reset()
    setText(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) look.mutate(text)
  }
  const put = () =>
    install.mutate(text, {
      onSuccess: () => {
        change('')
        toast({ text: t('accounts.licence.installed'), tone: 'good' })
      },
      onError: () => look.reset(),
    })
  const problem = look.error ?? install.error
  return (
    <form onSubmit={submit} noValidate className="mt-9 grid gap-4">
      <h2 className="serif text-section">
        {t(replaces ? 'accounts.licence.another' : 'accounts.licence.enter')}
      </h2>
      <Field
        label={t('accounts.licence.text')}
        hint={t('accounts.licence.hint')}
        error={problem ? problemText(problem) : null}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={6}
            className="min-h-36"
            spellCheck={false}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <Button type="submit" look="primary" disabled={!text.trim()} busy={look.isPending}>
          {t('accounts.licence.look')}
        </Button>
        <PickFile onText={change} />
      </div>
      {look.data && (
        <Ask covered={look.data} busy={install.isPending} onNo={look.reset} onYes={put} />
      )}
    </form>
  )
}

interface AskProps {
  covered: CoveredByLicence
  busy: boolean
  onNo: () => void
  onYes: () => void
}

function Ask({ covered, busy, onNo, onYes }: AskProps) {
  return (
    <Confirm
      open
      onOpenChange={onNo}
      title={t('accounts.licence.confirm', { name: covered.issued_to })}
      description={t('accounts.licence.confirm.text', {
        count: covered.seats,
        day: fullDay(covered.support_until),
      })}
      action={t('accounts.licence.install')}
      busy={busy}
      onConfirm={onYes}
    />
  )
}

function PickFile({ onText }: { onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    // What is longer is no licence; its beginning is enough for the server to say so.
    if (file) onText((await file.slice(0, LONGEST).text()).slice(0, LONGEST))
  }
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        accept=".txt,.licence,text/plain"
        aria-label={t('accounts.licence.file')}
        className="hidden"
        onChange={(event) => void take(event)}
      />
      <Button onClick={() => input.current?.click()}>{t('accounts.licence.file')}</Button>
    </>
  )
}

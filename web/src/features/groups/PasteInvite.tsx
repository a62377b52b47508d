import { type FormEvent, useState } from 'react'
import { ApiError } from '@/api/client'
import { reloadPlaces } from '@/api/connection'
import { useAcceptInvitation } from '@/features/accounts/api'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { takeGroup } from './api'
import { tokenIn } from './invites'

/** A link somebody sent, and in. */
export function PasteInvite({ onEnter }: { onEnter: (groupId: string) => void }) {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const accept = useAcceptInvitation()
  const token = tokenIn(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!token || accept.isPending) return
    accept.mutate(token, {
      onSuccess: async (group) => {
        takeGroup(group)
        await reloadPlaces()
        onEnter(group.id)
      },
    })
  }
  const gone = accept.error instanceof ApiError && accept.error.status === 404
  const wrong = asked && !token ? t('groups.paste.wrong') : gone ? t('groups.paste.gone') : null
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('groups.paste')} hint={t('groups.paste.hint')} error={wrong}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            placeholder={`${location.origin}/join/…`}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              accept.reset()
            }}
          />
        )}
      </Field>
      {accept.error && !gone && <ProblemNotice error={accept.error} />}
      <Button
        type="submit"
        look="primary"
        busy={accept.isPending}
        className="justify-self-end phone:justify-self-stretch"
      >
        {t('groups.paste.submit')}
      </Button>
    </form>
  )
}

import { type FormEvent, useState } from 'react'
import { signOut, useSession } from '@/api/session'
import type { Me } from '@/api/types'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useUpdateProfile } from '../api'
import { ProblemNotice } from '../ProblemNotice'
import { fieldProblem, isGeneral } from '../problem'
import { AvatarPicker } from './AvatarPicker'

/** Who one is to the others. */
export function ProfileSettings() {
  const { me } = useSession()
  if (!me) return null
  return (
    <div className="grid gap-8">
      <AvatarPicker me={me} />
      <ProfileForm me={me} />
      {/* On a desk it stands in the list beside the sheet. */}
      <Button onClick={() => void signOut()} className="tablet:hidden">
        {t('accounts.signOut')}
      </Button>
    </div>
  )
}

function ProfileForm({ me }: { me: Me }) {
  const [name, setName] = useState(me.name)
  const [title, setTitle] = useState(me.title)
  const update = useUpdateProfile()
  const same = name.trim() === me.name && title.trim() === me.title
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (same || update.isPending) return
    const done = () => toast({ text: t('accounts.profile.saved'), tone: 'good' })
    update.mutate({ name: name.trim(), title: title.trim() }, { onSuccess: done })
  }
  return (
    <form onSubmit={submit} className="grid max-w-[26rem] gap-4">
      <Field label={t('accounts.name')} error={fieldProblem(update.error, 'name')}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t('accounts.profile.title')}
        hint={t('accounts.profile.title.hint')}
        error={fieldProblem(update.error, 'title')}
      >
        {(control) => (
          <Input
            {...control}
            name="title"
            autoComplete="organization-title"
            maxLength={80}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('accounts.email')} hint={t('accounts.profile.email.hint')}>
        {(control) => (
          <Input {...control} readOnly dir="ltr" value={me.email ?? ''} className="text-ink-2" />
        )}
      </Field>
      {isGeneral(update.error, ['name', 'title']) && <ProblemNotice error={update.error} />}
      <div className="mt-2">
        <Button
          type="submit"
          look={same ? 'quiet' : 'primary'}
          disabled={same}
          busy={update.isPending}
        >
          {t('accounts.profile.save')}
        </Button>
      </div>
    </form>
  )
}

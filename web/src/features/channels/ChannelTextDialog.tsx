import { useId, useState } from 'react'
import type { Channel } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useUpdateChannel } from './api'
import { closeChannelDialog } from './dialogs'

/** Changes the name of a channel, or what it is about. */
export function ChannelTextDialog({
  channel,
  field,
}: {
  channel: Channel
  field: 'name' | 'topic'
}) {
  const form = useId()
  const [text, setText] = useState(channel[field])
  const update = useUpdateChannel(channel.id)
  const naming = field === 'name'
  const missing = naming && !text.trim() ? t('channels.name.missing') : null
  const submit = () => {
    if (missing || update.isPending) return
    update.mutate({ [field]: text.trim() }, { onSuccess: closeChannelDialog })
  }
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeChannelDialog}
      title={t(naming ? 'channels.rename.title' : 'channels.topic.title', { name: channel.name })}
      actions={
        <>
          <Button look="ghost" onClick={closeChannelDialog}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" busy={update.isPending}>
            {t('channels.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
        className="grid gap-4"
      >
        <Field
          label={t(naming ? 'channels.name' : 'channels.topic')}
          hint={t(naming ? 'channels.name.hint' : 'channels.topic.hint')}
          error={missing ?? fieldProblem(update.error, field)}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={naming ? 80 : 500}
              value={text}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {isGeneral(update.error, [field]) && <ProblemNotice error={update.error} />}
      </form>
    </Dialog>
  )
}

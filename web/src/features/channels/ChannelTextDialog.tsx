import { useState } from 'react'
import type { Channel } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { FormDialog } from '@/ui/FormDialog'
import { t } from '@/ui/text'
import { useUpdateChannel } from './api'
import { closeChannelDialog } from './dialogs'
import { LineField } from './LineField'

interface Props {
  channel: Channel
  field: 'name' | 'topic'
}

/** Changes the name of a channel, or what it is about. */
export function ChannelTextDialog({ channel, field }: Props) {
  const [text, setText] = useState(channel[field])
  const update = useUpdateChannel(channel.id)
  const naming = field === 'name'
  const missing = naming && !text.trim() ? t('channels.name.missing') : null
  const submit = () => {
    if (!missing) update.mutate({ [field]: text.trim() }, { onSuccess: closeChannelDialog })
  }
  return (
    <FormDialog
      title={t(naming ? 'channels.rename.title' : 'channels.topic.title', { name: channel.name })}
      submit={t('channels.save')}
      busy={update.isPending}
      onSubmit={submit}
      onClose={closeChannelDialog}
    >
      <LineField
        label={t(naming ? 'channels.name' : 'channels.topic')}
        hint={t(naming ? 'channels.name.hint' : 'channels.topic.hint')}
        error={missing ?? fieldProblem(update.error, field)}
        longest={naming ? 80 : 500}
        value={text}
        onChange={setText}
      />
      {isGeneral(update.error, [field]) && <ProblemNotice error={update.error} />}
    </FormDialog>
  )
}

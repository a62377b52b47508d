import { useState } from 'react'
import { useEntity } from '@/api/entities'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/FormDialog'
import { t } from '@/ui/text'
import { type NewChannel, useCreateChannel } from './api'
import { CategoryField } from './CategoryField'
import { closeChannelDialog } from './dialogs'
import { LineField } from './LineField'

interface Props {
  groupId: string
  categoryId: string | null
  /** Where to go with it. */
  onOpen: (channelId: string) => void
}

// The same id for every attempt, so that a lost answer does not make a second channel.
const blank = (category_id: string | null): NewChannel => ({
  client_id: crypto.randomUUID(),
  name: '',
  topic: '',
  category_id,
  private: false,
})

/** Name, purpose, place in the list, and who may see it. */
export function CreateChannelDialog({ groupId, categoryId, onOpen }: Props) {
  const group = useEntity('group', groupId)
  const [wish, setWish] = useState(() => blank(categoryId))
  const [asked, setAsked] = useState(false)
  const create = useCreateChannel(groupId)
  const change = (part: Partial<NewChannel>) => setWish((now) => ({ ...now, ...part }))
  const name = wish.name.trim()
  const done = (channelId: string) => {
    closeChannelDialog()
    onOpen(channelId)
  }
  const submit = () => {
    setAsked(true)
    if (!name) return
    const body = { ...wish, name, topic: wish.topic.trim() }
    create.mutate(body, { onSuccess: ({ id }) => done(id) })
  }
  return (
    <FormDialog
      title={t('channels.create.title')}
      description={
        group && <span dir="auto">{t('channels.create.lead', { name: group.name })}</span>
      }
      submit={t('channels.create')}
      busy={create.isPending}
      onSubmit={submit}
      onClose={closeChannelDialog}
    >
      <Fields wish={wish} change={change} missing={asked && !name} problem={create.error} />
      <CategoryField
        groupId={groupId}
        value={wish.category_id}
        onChange={(category_id) => change({ category_id })}
      />
      <div className="rounded-card bg-stone-3 px-3.5 py-3">
        <Checkbox
          label={t('channels.private.wish')}
          hint={t('channels.private.hint')}
          checked={wish.private}
          onChange={(next) => change({ private: next })}
        />
      </div>
      {isGeneral(create.error, ['name', 'topic']) && <ProblemNotice error={create.error} />}
    </FormDialog>
  )
}

interface FieldsProps {
  wish: NewChannel
  change: (part: Partial<NewChannel>) => void
  missing: boolean
  problem: Error | null
}

function Fields({ wish, change, missing, problem }: FieldsProps) {
  return (
    <>
      <LineField
        label={t('channels.name')}
        hint={t('channels.name.hint')}
        error={missing ? t('channels.name.missing') : fieldProblem(problem, 'name')}
        longest={80}
        value={wish.name}
        onChange={(name) => change({ name })}
      />
      <LineField
        label={t('channels.topic')}
        hint={t('channels.topic.hint')}
        error={fieldProblem(problem, 'topic')}
        longest={500}
        value={wish.topic}
        onChange={(topic) => change({ topic })}
      />
    </>
  )
}

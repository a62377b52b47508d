import { useId, useState } from 'react'
import { useAll, useEntity } from '@/api/entities'
import type { Category } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { t } from '@/ui/text'
import { useCreateChannel } from './api'
import { closeChannelDialog } from './dialogs'

interface Props {
  groupId: string
  categoryId: string | null
  /** Where to go with it. */
  onOpen: (channelId: string) => void
}

const everything = (all: readonly Category[]) => all

/** Name, purpose, place in the list, and who may see it. */
export function CreateChannelDialog({ groupId, categoryId, onOpen }: Props) {
  const form = useId()
  const group = useEntity('group', groupId)
  const categories = useAll('category', everything).filter(({ group_id }) => group_id === groupId)
  const [wish, setWish] = useState(() => ({
    client_id: crypto.randomUUID() as string,
    name: '',
    topic: '',
    category_id: categoryId,
    private: false,
  }))
  const [asked, setAsked] = useState(false)
  const create = useCreateChannel(groupId)
  const change = (part: Partial<typeof wish>) => setWish((now) => ({ ...now, ...part }))
  const submit = () => {
    setAsked(true)
    const name = wish.name.trim()
    if (!name || create.isPending) return
    const body = { ...wish, name, topic: wish.topic.trim() }
    create.mutate(body, {
      onSuccess: ({ id }) => {
        closeChannelDialog()
        onOpen(id)
      },
    })
  }
  const missing = asked && !wish.name.trim() ? t('channels.name.missing') : null
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeChannelDialog}
      title={t('channels.create.title')}
      description={
        group && <span dir="auto">{t('channels.create.lead', { name: group.name })}</span>
      }
      actions={
        <>
          <Button look="ghost" onClick={closeChannelDialog}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" busy={create.isPending}>
            {t('channels.create')}
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
          label={t('channels.name')}
          hint={t('channels.name.hint')}
          error={missing ?? fieldProblem(create.error, 'name')}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={80}
              value={wish.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t('channels.topic')}
          hint={t('channels.topic.hint')}
          error={fieldProblem(create.error, 'topic')}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={500}
              value={wish.topic}
              onChange={(event) => change({ topic: event.target.value })}
            />
          )}
        </Field>
        {categories.length > 0 && (
          <Field label={t('channels.category')}>
            {({ id }) => (
              <Select
                id={id}
                value={wish.category_id ?? ''}
                options={[
                  { value: '', label: t('channels.category.none') },
                  ...categories.map((one) => ({ value: one.id, label: one.name })),
                ]}
                onChange={(value) => change({ category_id: value || null })}
              />
            )}
          </Field>
        )}
        <div className="rounded-card bg-stone-3 px-3.5 py-3">
          <Checkbox
            label={t('channels.private.wish')}
            hint={t('channels.private.hint')}
            checked={wish.private}
            onChange={(next) => change({ private: next })}
          />
        </div>
        {isGeneral(create.error, ['name', 'topic']) && <ProblemNotice error={create.error} />}
      </form>
    </Dialog>
  )
}

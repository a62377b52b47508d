import { useId, useState } from 'react'
import type { Category } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { complain } from '@/features/groups/complain'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { t } from '@/ui/text'
import { useCreateCategory, useDeleteCategory, useRenameCategory } from './api'
import { closeChannelDialog } from './dialogs'

/** Makes a heading in the list, or renames one. */
export function CategoryDialog({ groupId, category }: { groupId: string; category?: Category }) {
  const form = useId()
  const [name, setName] = useState(category?.name ?? '')
  const [asked, setAsked] = useState(false)
  const [clientId] = useState(() => crypto.randomUUID())
  const create = useCreateCategory(groupId)
  const rename = useRenameCategory(category?.id ?? '')
  const { isPending, error } = category ? rename : create
  const submit = () => {
    setAsked(true)
    const wish = name.trim()
    if (!wish || isPending) return
    const done = { onSuccess: closeChannelDialog }
    if (category) rename.mutate(wish, done)
    else create.mutate({ client_id: clientId, name: wish }, done)
  }
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeChannelDialog}
      title={t(category ? 'channels.category.rename' : 'channels.category.create')}
      actions={
        <>
          <Button look="ghost" onClick={closeChannelDialog}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" busy={isPending}>
            {t(category ? 'channels.save' : 'channels.category.create')}
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
          label={t('channels.category.name')}
          hint={t('channels.category.hint')}
          error={asked && !name.trim() ? t('channels.category.missing') : null}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {error && <ProblemNotice error={error} />}
      </form>
    </Dialog>
  )
}

/** Asks before a heading goes; its channels stay. */
export function DeleteCategory({ category }: { category: Category }) {
  const remove = useDeleteCategory()
  return (
    <Confirm
      open
      onOpenChange={closeChannelDialog}
      title={t('channels.category.delete.title', { name: category.name })}
      description={t('channels.category.delete.text')}
      action={t('channels.category.delete')}
      danger
      busy={remove.isPending}
      onConfirm={() =>
        remove.mutate(category, { onSuccess: closeChannelDialog, onError: complain })
      }
    />
  )
}

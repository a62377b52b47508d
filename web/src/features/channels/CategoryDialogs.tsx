import { useState } from 'react'
import type { Category } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { complain } from '@/features/groups/complain'
import { Confirm } from '@/ui/Confirm'
import { FormDialog } from '@/ui/FormDialog'
import { t } from '@/ui/text'
import { useCreateCategory, useDeleteCategory, useRenameCategory } from './api'
import { closeChannelDialog } from './dialogs'
import { LineField } from './LineField'

/** Makes a heading in the list, or renames one. */
export function CategoryDialog({ groupId, category }: { groupId: string; category?: Category }) {
  const [name, setName] = useState(category?.name ?? '')
  const [asked, setAsked] = useState(false)
  const [clientId] = useState(() => crypto.randomUUID())
  const create = useCreateCategory(groupId)
  const rename = useRenameCategory(category?.id ?? '')
  const { isPending, error } = category ? rename : create
  const wish = name.trim()
  const submit = () => {
    setAsked(true)
    const done = { onSuccess: closeChannelDialog }
    if (!wish) return
    if (category) rename.mutate(wish, done)
    else create.mutate({ client_id: clientId, name: wish }, done)
  }
  return (
    <FormDialog
      title={t(category ? 'channels.category.rename' : 'channels.category.create')}
      submit={t(category ? 'channels.save' : 'channels.category.create')}
      busy={isPending}
      onSubmit={submit}
      onClose={closeChannelDialog}
    >
      <LineField
        label={t('channels.category.name')}
        hint={t('channels.category.hint')}
        error={asked && !wish ? t('channels.category.missing') : null}
        longest={80}
        value={name}
        onChange={setName}
      />
      {error && <ProblemNotice error={error} />}
    </FormDialog>
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

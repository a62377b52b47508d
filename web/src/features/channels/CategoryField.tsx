import { useAll } from '@/api/entities'
import type { Category } from '@/api/types'
import { Field } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { t } from '@/ui/text'

interface Props {
  groupId: string
  value: string | null
  onChange: (categoryId: string | null) => void
}

const everything = (all: readonly Category[]) => all

/** Under which heading; nothing to choose where there are none. */
export function CategoryField({ groupId, value, onChange }: Props) {
  const own = useAll('category', everything).filter(({ group_id }) => group_id === groupId)
  if (own.length === 0) return null
  const options = [
    { value: '', label: t('channels.category.none') },
    ...own.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <Field label={t('channels.category')}>
      {({ id }) => (
        <Select
          id={id}
          value={value ?? ''}
          options={options}
          onChange={(next) => onChange(next || null)}
        />
      )}
    </Field>
  )
}

import { useId } from 'react'
import type { Role } from '@/api/types'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Switch } from '@/ui/Switch'
import { t } from '@/ui/text'
import { type Draft, toggled } from './drafts'
import { type Hand, roleName } from './hand'
import { type PermissionName, parts } from './permissions'

interface Props {
  role: Role
  hand: Hand
  draft: Draft
  onChange: (draft: Draft) => void
}

/** The name of one role, and a switch for everything it may allow. */
export function RoleEditor({ role, hand, draft, onChange }: Props) {
  const below = hand.below(role)
  return (
    <section aria-label={roleName(role)} className="min-w-0 max-desktop:mt-7">
      <header className="flex items-baseline justify-between gap-4">
        <h2 dir="auto" className="serif min-w-0 break-words text-place">
          {roleName(role)}
        </h2>
        <p className="shrink-0 text-ink-3 text-small">
          {t('groups.members.count', { count: role.members })}
        </p>
      </header>
      {!below && (
        <div className="mt-3">
          <Notice tone="plain">{t('groups.roles.above')}</Notice>
        </div>
      )}
      {below && role.kind === 'custom' && (
        <div className="mt-4">
          <RoleName draft={draft} onChange={onChange} />
        </div>
      )}
      {parts.map((part) => (
        <div key={part.id}>
          <h3 className="serif mt-7 mb-1 text-section">{t(`groups.roles.part.${part.id}`)}</h3>
          {part.permissions.map((permission) => (
            <PermissionRow
              key={permission}
              permission={permission}
              disabled={!below || !hand.holds(permission)}
              checked={draft.permissions.includes(permission)}
              onChange={(on) => onChange(toggled(draft, permission, on))}
            />
          ))}
        </div>
      ))}
    </section>
  )
}

function RoleName({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const missing = draft.name.trim() ? null : t('groups.roles.name.missing')
  return (
    <Field label={t('groups.roles.name')} error={missing}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          maxLength={80}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.target.value })}
        />
      )}
    </Field>
  )
}

interface RowProps {
  permission: PermissionName
  checked: boolean
  disabled: boolean
  onChange: (on: boolean) => void
}

function PermissionRow({ permission, checked, disabled, onChange }: RowProps) {
  const id = useId()
  const name = t(`groups.permission.${permission}`)
  return (
    <div className="flex items-center gap-6 py-2">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block font-strong">{name}</span>
        <span className="block text-pretty text-ink-3 text-small">
          {t(`groups.permission.${permission}.text`)}
        </span>
      </label>
      <Switch id={id} label={name} checked={checked} disabled={disabled} onChange={onChange} />
    </div>
  )
}

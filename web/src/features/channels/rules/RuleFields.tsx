import { useState } from 'react'
import type { Channel, Rule } from '@/api/types'
import { useMembers, useRoles } from '@/features/groups/api'
import { roleName } from '@/features/groups/roles/hand'
import { useAllPages } from '@/features/groups/useAllPages'
import { Checkbox } from '@/ui/Checkbox'
import { plainName } from '@/ui/names'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import { t } from '@/ui/text'
import {
  type PlacePermission,
  permissions,
  type Stand,
  type Subject,
  setStand,
  standOf,
  subjectOf,
} from './rules'

interface Props {
  channel: Channel
  rules: Rule[]
  onChange: (rules: Rule[]) => void
}

/** Allow, inherit or deny, for everyone, a role, or a person who has a rule. */
export function RuleFields({ channel, rules, onChange }: Props) {
  const [subject, setSubject] = useState<Subject>('everyone')
  const subjects = useSubjects(channel, rules)
  const quiet = standOf(rules, 'everyone', 'post') === 'deny'
  const set = (who: Subject, what: PlacePermission, stand: Stand) =>
    onChange(setStand(rules, who, what, stand))
  return (
    <>
      <div className="rounded-card bg-stone-3 px-3.5 py-3">
        <Checkbox
          label={t('channels.rules.announcements')}
          hint={t('channels.rules.announcements.text')}
          checked={quiet}
          onChange={(on) => set('everyone', 'post', on ? 'deny' : 'inherit')}
        />
      </div>
      <Select<Subject>
        label={t('channels.rules.for')}
        value={subject}
        options={subjects}
        onChange={setSubject}
      />
      {permissions.map((what) => (
        <StandField
          key={what}
          what={what}
          value={standOf(rules, subject, what)}
          onChange={(stand) => set(subject, what, stand)}
        />
      ))}
    </>
  )
}

interface StandProps {
  what: PlacePermission
  value: Stand
  onChange: (stand: Stand) => void
}

function StandField({ what, value, onChange }: StandProps) {
  const label = what === 'view' ? t('channels.rules.view') : t(`groups.permission.${what}`)
  return (
    <div className="flex items-center justify-between gap-x-4 gap-y-1.5 phone:flex-wrap">
      <p aria-hidden className="font-strong">
        {label}
      </p>
      <Segmented<Stand>
        label={label}
        value={value}
        options={[
          { value: 'allow', label: t('channels.rules.allow') },
          { value: 'inherit', label: t('channels.rules.inherit') },
          { value: 'deny', label: t('channels.rules.deny') },
        ]}
        onChange={onChange}
      />
    </div>
  )
}

/** Everyone, the roles, and the people who have a rule of their own. */
function useSubjects(channel: Channel, rules: readonly Rule[]) {
  const groupId = channel.group_id ?? ''
  const roles = useRoles(groupId).data ?? []
  const members = useMembers(groupId)
  useAllPages(members)
  const people = members.data?.pages.flatMap((page) => page.members) ?? []
  const named = new Set(rules.map(subjectOf))
  return [
    { value: 'everyone', label: t('channels.rules.everyone') },
    ...roles.map((role) => ({ value: `role:${role.id}`, label: roleName(role) })),
    ...people
      .map(({ user }) => ({ value: `user:${user.id}`, label: plainName(user.name) }))
      .filter(({ value }) => named.has(value)),
  ]
}

import { Ellipsis, Shield, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useEntity } from '@/api/entities'
import { usePresent } from '@/api/people'
import { useSession } from '@/api/session'
import type { Member, Role } from '@/api/types'
import { BlockItem } from '@/features/accounts/BlockItem'
import { useDot } from '@/features/presence/live'
import { StatusMark } from '@/features/presence/StatusMark'
import { Avatar } from '@/ui/Avatar'
import { Tag } from '@/ui/Badge'
import { Confirm } from '@/ui/Confirm'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useRemoveMember } from './api'
import { complain } from './complain'
import { may } from './rights'
import { roleName } from './roles/hand'
import { MemberRolesDialog } from './roles/MemberRolesDialog'

/** One member: who they are, what they may, and for some the way out. */
export function MemberRow(props: { member: Member; groupId: string; roles: Role[] }) {
  const { role_ids } = props.member
  const user = usePresent(props.member.user)
  const presence = useDot(user)
  const { me } = useSession()
  const mine = props.roles.filter(({ id, kind }) => role_ids.includes(id) && kind !== 'member')
  const group = useEntity('group', props.groupId)
  const roled = may(group, 'manage_roles')
  const owner = mine.some(({ kind }) => kind === 'owner')
  const removable = may(group, 'manage_members') && user.id !== me?.id && !owner
  return (
    <li className="flex min-h-14 items-center gap-3.5 group/member rounded-card px-2.5 transition-colors hover:bg-stone-3">
      <Avatar person={user} size={36} presence={presence} />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-left font-strong">
          {user.name}
          <StatusMark user={user} />
          {user.id === me?.id && (
            <span className="ml-2 font-regular text-ink-3">{t('groups.you')}</span>
          )}
        </p>
        {user.title && (
          <p dir="auto" className="truncate text-left text-ink-3 text-small">
            {user.title}
          </p>
        )}
      </div>
      {!user.active && <Tag>{t('groups.inactive')}</Tag>}
      {mine.map((role) => (
        <Tag key={role.id}>{roleName(role)}</Tag>
      ))}
      {(user.id !== me?.id || roled) && (
        <More {...props} own={user.id === me?.id} removable={removable} roled={roled} />
      )}
    </li>
  )
}

interface MoreProps {
  member: Member
  groupId: string
  roles: Role[]
  own: boolean
  removable: boolean
  roled: boolean
}

function More({ member, groupId, roles, own, removable, roled }: MoreProps) {
  const { user } = member
  const [asking, setAsking] = useState(false)
  const [giving, setGiving] = useState(false)
  const remove = useRemoveMember(groupId)
  const done = () => {
    setAsking(false)
    toast({ text: t('groups.removed', { name: user.name }) })
  }
  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t('groups.member.more', { name: user.name })}
            small
            className="text-ink-3 opacity-0 transition-opacity focus-visible:opacity-100 group-hover/member:opacity-100 group-focus-within/member:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          />
        }
      >
        {roled && (
          <MenuItem icon={Shield} onSelect={() => setGiving(true)}>
            {t('groups.roles.give')}
          </MenuItem>
        )}
        {!own && <BlockItem user={user} />}
        {removable && (
          <MenuItem icon={UserMinus} danger onSelect={() => setAsking(true)}>
            {t('groups.remove')}
          </MenuItem>
        )}
      </Menu>
      {giving && (
        <MemberRolesDialog
          member={member}
          groupId={groupId}
          roles={roles}
          onClose={() => setGiving(false)}
        />
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('groups.remove.title', { name: user.name })}
        description={t('groups.remove.text')}
        action={t('groups.remove')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(user.id, { onSuccess: done, onError: complain })}
      />
    </>
  )
}

import { ArrowDown, ArrowUp, Ellipsis, GripVertical, Lock, Trash2 } from 'lucide-react'
import { type PointerEventHandler, useState } from 'react'
import type { Role } from '@/api/types'
import { Confirm } from '@/ui/Confirm'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useRemoveRole } from './api'
import { roleName } from './hand'

interface Props {
  groupId: string
  role: Role
  open: boolean
  /** Below oneself: it can be moved and changed. */
  below: boolean
  /** Being dragged. */
  held: boolean
  onOpen: () => void
  onGrab: PointerEventHandler
  onUp: (() => void) | null
  onDown: (() => void) | null
}

/** One role in the list: its name, how many have it, and what can be done with it. */
export function RoleRow({ role, open, below, held, onOpen, onGrab, ...rest }: Props) {
  const Sign = below ? GripVertical : Lock
  return (
    <li
      data-sort={below ? role.id : undefined}
      className={cx(
        'group/role flex items-center rounded-row pr-1 transition-colors',
        open ? 'bg-stone-3 font-strong' : 'text-ink-2 hover:bg-stone-3',
        held && 'opacity-60',
      )}
    >
      <button
        type="button"
        aria-current={open ? 'true' : undefined}
        onClick={onOpen}
        onPointerDown={below ? onGrab : undefined}
        className="flex h-10 min-w-0 flex-1 items-center gap-3 rounded-row pl-2.5 text-left pointer-coarse:h-11"
      >
        <Sign size={16} aria-hidden className="shrink-0 text-ink-3" />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {roleName(role)}
        </span>
        <span className="text-ink-3 text-small tabular-nums">
          <span aria-hidden>{role.members}</span>
          <span className="sr-only">{t('groups.members.count', { count: role.members })}</span>
        </span>
      </button>
      {below ? (
        <More role={role} {...rest} />
      ) : (
        <span className="w-[1.875rem] pointer-coarse:w-11" />
      )}
    </li>
  )
}

function More(props: Pick<Props, 'groupId' | 'role' | 'onUp' | 'onDown'>) {
  const { groupId, role, onUp, onDown } = props
  const [asking, setAsking] = useState(false)
  const name = roleName(role)
  const remove = useRemoveRole(groupId, () => toast({ text: t('groups.roles.removed', { name }) }))
  return (
    <>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t('groups.roles.more', { name })}
            small
            className="text-ink-3 opacity-0 transition-opacity focus-visible:opacity-100 group-hover/role:opacity-100 group-focus-within/role:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          />
        }
      >
        {onUp && (
          <MenuItem icon={ArrowUp} onSelect={onUp}>
            {t('groups.roles.up')}
          </MenuItem>
        )}
        {onDown && (
          <MenuItem icon={ArrowDown} onSelect={onDown}>
            {t('groups.roles.down')}
          </MenuItem>
        )}
        {role.kind === 'custom' && (
          <MenuItem icon={Trash2} danger onSelect={() => setAsking(true)}>
            {t('groups.roles.remove')}
          </MenuItem>
        )}
      </Menu>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('groups.roles.remove.title', { name })}
        description={t('groups.roles.remove.text', { count: role.members })}
        action={t('groups.roles.remove')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(role.id)}
      />
    </>
  )
}

import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, CheckCheck, LogOut, TextSearch, UserPlus } from 'lucide-react'
import type { PointerEvent } from 'react'
import { entities } from '@/api/entities'
import type { Group } from '@/api/types'
import { GroupHearing } from '@/features/channels/HearingItems'
import type { Tally } from '@/features/channels/unread'
import { openGroupDialog } from '@/features/groups/dialogs'
import { may } from '@/features/groups/rights'
import { markRead } from '@/features/messages/read'
import { Arch } from '@/ui/Arch'
import { cx } from '@/ui/cx'
import { ContextMenu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import type { Drag } from '@/ui/useDragSort'
import { RailSign } from './RailSign'
import { useWays } from './ways'

interface Props {
  group: Group
  open: boolean
  tally: Tally | undefined
  drag: Drag | null
  onGrab: (event: PointerEvent) => void
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
}

/** A group in the rail: an arch, and what it has for me. */
export function RailGroup(props: Props) {
  const { group, drag } = props
  return (
    <ContextMenu
      trigger={
        <li
          data-sort={group.id}
          onPointerDown={props.onGrab}
          style={drag ? { transform: `translateY(${drag.offset}px) rotate(1.6deg)` } : undefined}
          className={cx('shrink-0', drag && 'pointer-events-none relative z-20')}
        >
          <Tooltip text={group.name} side="right">
            <GroupLink {...props} />
          </Tooltip>
        </li>
      }
    >
      <GroupItems {...props} />
    </ContextMenu>
  )
}

/** The arch as a way in; used in the rail and above the list on a phone. */
export function GroupLink({
  group,
  open,
  tally,
  drag: _d,
  onGrab: _g,
  onUp: _u,
  onDown: _n,
  ...rest
}: Props) {
  return (
    <Link
      {...rest}
      to="/g/$groupId"
      params={{ groupId: group.id }}
      aria-current={open ? 'true' : undefined}
      draggable={false}
      className="relative grid w-11 place-items-center rounded-[21px_21px_7px_7px/22px_22px_7px_7px] transition-[filter] hover:brightness-125 light:hover:brightness-97"
    >
      <Arch name={group.name} lit={open} />
      <span className="sr-only">{group.name}</span>
      {/* The open group shows neither number nor dot: its list does. */}
      {!open && (
        <RailSign tally={tally} label={t('channels.mentions', { count: tally?.mentions ?? 0 })} />
      )}
    </Link>
  )
}

function GroupItems({ group, onUp, onDown }: Props) {
  const go = useWays()
  const groupId = group.id
  const readAll = () => {
    for (const { id, group_id } of entities.all('channel')) if (group_id === groupId) markRead(id)
  }
  return (
    <>
      <MenuItem icon={CheckCheck} onSelect={readAll}>
        {t('channels.markRead')}
      </MenuItem>
      <GroupHearing group={group} />
      {may(group, 'create_invites') && (
        <MenuItem icon={UserPlus} onSelect={() => openGroupDialog({ kind: 'invite', groupId })}>
          {t('shell.group.invite')}
        </MenuItem>
      )}
      <MenuItem icon={TextSearch} onSelect={() => go.page(groupId, 'channels')}>
        {t('shell.group.browse')}
      </MenuItem>
      {(onUp || onDown) && <MenuSeparator />}
      {onUp && (
        <MenuItem icon={ArrowUp} onSelect={onUp}>
          {t('channels.moveUp')}
        </MenuItem>
      )}
      {onDown && (
        <MenuItem icon={ArrowDown} onSelect={onDown}>
          {t('channels.moveDown')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={LogOut} danger onSelect={() => openGroupDialog({ kind: 'leave', groupId })}>
        {t('groups.leave')}
      </MenuItem>
    </>
  )
}

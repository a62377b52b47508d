import { Link } from '@tanstack/react-router'
import type { CSSProperties, PointerEvent } from 'react'
import type { Channel, Group } from '@/api/types'
import { CountBadge } from '@/ui/Badge'
import { cx } from '@/ui/cx'
import { ContextMenu } from '@/ui/Menu'
import { t } from '@/ui/text'
import type { Drag } from '@/ui/useDragSort'
import { ChannelIcon } from './ChannelIcon'
import { ChannelMenuItems } from './ChannelMenuItems'
import { rowTone } from './tone'
import { isBold, isMuted } from './unread'

interface Props {
  channel: Channel
  group: Group
  open: boolean
  tabIndex: number
  /** It is in the hand. */
  drag: Drag | null
  onGrab: ((event: PointerEvent) => void) | undefined
  onMarkRead: (channelId: string) => void
}

/** One channel in the sidebar. */
export function ChannelRow(props: Props) {
  const { channel, drag } = props
  const held = drag !== null
  return (
    <li
      data-sort={channel.id}
      onPointerDown={props.onGrab}
      style={held ? heldStyle(drag) : undefined}
      className={cx(held && 'pointer-events-none relative z-20 rounded-row bg-float shadow-float')}
    >
      <ContextMenu trigger={<RowLink {...props} />}>
        <ChannelMenuItems channel={channel} group={props.group} onMarkRead={props.onMarkRead} />
      </ContextMenu>
    </li>
  )
}

/** What is in the hand follows it, slightly turned. */
export function heldStyle({ offset }: Drag): CSSProperties {
  return { transform: `translateY(${offset}px) rotate(1.6deg)` }
}

// The context menu gives its own props (handlers, ref): they belong on the link.
function RowLink({
  channel,
  group: _g,
  open,
  tabIndex,
  drag: _d,
  onGrab: _o,
  onMarkRead: _m,
  ...rest
}: Props) {
  const bold = isBold(channel)
  const muted = isMuted(channel)
  const icon = cx(
    'phone:size-[1.375rem]',
    open ? 'text-ink-1' : bold ? 'text-ink-2' : 'text-ink-3',
    muted && !open && 'opacity-70',
  )
  return (
    <Link
      {...rest}
      to="/c/$channelId"
      params={{ channelId: channel.id }}
      search={{}}
      activeOptions={{ includeSearch: false }}
      draggable={false}
      tabIndex={tabIndex}
      data-row={channel.id}
      className={cx(
        'flex h-[2.125rem] select-none items-center gap-2.5 rounded-row px-2.5 transition-colors phone:h-[2.875rem] phone:gap-3.5 phone:px-3 phone:text-lead pointer-coarse:min-h-11',
        rowTone(open, bold, muted),
      )}
    >
      <ChannelIcon channel={channel} className={icon} />
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {channel.name}
      </span>
      {bold && <span className="sr-only">{t('channels.unread')}</span>}
      {channel.mentions > 0 && (
        <CountBadge
          count={channel.mentions}
          label={t('channels.mentions', { count: channel.mentions })}
        />
      )}
    </Link>
  )
}

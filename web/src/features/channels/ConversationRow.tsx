import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { Channel, User } from '@/api/types'
import { StatusMark } from '@/features/presence/StatusMark'
import { CountBadge } from '@/ui/Badge'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { ContextMenu } from '@/ui/Menu'
import { t } from '@/ui/text'
import { ConversationMenuItems } from './ConversationMenuItems'
import { useTalk } from './conversations'
import { TalkFaces } from './TalkFaces'
import { rowTone } from './tone'
import { isBold, isMuted } from './unread'

interface Props {
  channel: Channel
  me: User
  open: boolean
  tabIndex: number
  onMarkRead: (channelId: string) => void
  onClose: (channelId: string) => void
}

/** One conversation in the list; it goes by its menu, by the cross, or by the Delete key. */
export function ConversationRow(props: Props) {
  const { channel, onMarkRead, onClose } = props
  const talk = useTalk(channel)
  return (
    <li className="group/talk relative">
      <ContextMenu trigger={<RowLink {...props} talk={talk} />}>
        <ConversationMenuItems channel={channel} onMarkRead={onMarkRead} onClose={onClose} />
      </ContextMenu>
      {channel.followed && (
        <IconButton
          icon={X}
          small
          tabIndex={-1}
          label={t('channels.talk.close.named', { name: talk.name })}
          onClick={() => onClose(channel.id)}
          className="absolute top-1/2 right-1 hidden -translate-y-1/2 bg-stone-3 text-ink-3 group-hover/talk:grid pointer-coarse:hidden!"
        />
      )}
    </li>
  )
}

// The context menu gives its own props (handlers, ref): they belong on the link.
function RowLink({
  channel,
  me,
  open,
  tabIndex,
  onMarkRead: _m,
  onClose,
  talk,
  ...rest
}: Props & { talk: ReturnType<typeof useTalk> }) {
  const only = talk.others.length === 1 ? talk.others[0] : undefined
  const bold = isBold(channel)
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
      onKeyDown={(event) => {
        if (event.key !== 'Delete' || !channel.followed) return
        event.preventDefault()
        onClose(channel.id)
      }}
      className={cx(
        'flex h-11 select-none items-center gap-3 rounded-row px-2.5 transition-colors phone:h-14 phone:gap-3.5 phone:px-3 phone:text-lead',
        rowTone(open, bold, isMuted(channel)),
      )}
    >
      <TalkFaces others={talk.others} known={talk.known} me={me} size={28} />
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {talk.name}
        {only && <StatusMark user={only} />}
      </span>
      {bold && <span className="sr-only">{t('channels.unread')}</span>}
      {channel.mentions > 0 && (
        <span className="group-hover/talk:mr-7 pointer-coarse:mr-0!">
          <CountBadge
            count={channel.mentions}
            label={t('channels.talk.waiting', { count: channel.mentions })}
          />
        </span>
      )}
    </Link>
  )
}

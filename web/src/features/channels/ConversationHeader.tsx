import { ArrowLeft, Ellipsis, PanelLeft, PanelRight } from 'lucide-react'
import { usePerson } from '@/api/people'
import { useSession } from '@/api/session'
import type { Channel, User } from '@/api/types'
import { usePresence } from '@/features/presence/live'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { type TextId, t } from '@/ui/text'
import { ConversationMenuItems } from './ConversationMenuItems'
import { useTalk } from './conversations'
import { TalkFaces } from './TalkFaces'

interface Props {
  channel: Channel
  panel: { open: boolean; toggle: () => void; keys?: string }
  list: { hidden: boolean; show: () => void; keys?: string }
  onBack: () => void
  onMarkRead: (channelId: string) => void
  onClose: (channelId: string) => void
}

/** The head of a conversation: with whom, and how they are there. */
export function ConversationHeader({ channel, panel, list, ...on }: Props) {
  return (
    <header className="flex h-[3.75rem] shrink-0 items-center gap-2.5 pr-3.5 pl-6 phone:h-[3.25rem] phone:gap-0.5 phone:pr-1.5 phone:pl-1">
      <IconButton
        icon={ArrowLeft}
        label={t('channels.talks.back')}
        onClick={on.onBack}
        className="size-11 tablet:hidden"
      />
      {list.hidden && (
        <IconButton
          icon={PanelLeft}
          label={t('channels.list.show')}
          {...(list.keys ? { keys: list.keys } : {})}
          onClick={list.show}
          className="-ml-3 phone:hidden"
        />
      )}
      <Title channel={channel} />
      <Menu trigger={<IconButton icon={Ellipsis} label={t('channels.talk.menu')} />}>
        <ConversationMenuItems channel={channel} onMarkRead={on.onMarkRead} onClose={on.onClose} />
      </Menu>
      <IconButton
        icon={PanelRight}
        label={t('channels.panel')}
        {...(panel.keys ? { keys: panel.keys } : {})}
        aria-expanded={panel.open}
        on={panel.open}
        onClick={panel.toggle}
      />
    </header>
  )
}

const statusLine = ({ status }: User) =>
  status ? `${status.emoji ?? ''} ${status.text}`.trim() : ''

const words: Record<'online' | 'idle' | 'offline', TextId> = {
  online: 'ui.presence.online',
  idle: 'ui.presence.idle',
  offline: 'ui.presence.offline',
}

function Title({ channel }: { channel: Channel }) {
  const { me } = useSession()
  const self = usePerson(me?.id ?? '')
  const { others, known, name } = useTalk(channel)
  const only = others.length === 1 ? others[0] : undefined
  const presence = usePresence(only?.id ?? '')
  const line = only
    ? statusLine(only) || only.title || t(words[presence])
    : others.length > 0 && t('channels.people.count', { count: others.length + 1 })
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3">
      {self && <TalkFaces others={others} known={known} me={self} size={32} />}
      <div className="flex min-w-0 items-center gap-2.5 phone:flex-col phone:items-start phone:gap-0">
        <h1
          dir="auto"
          className="serif min-w-0 max-w-full truncate pt-0.5 text-place phone:pt-0 phone:leading-6"
        >
          {name}
        </h1>
        {line && (
          <p
            dir="auto"
            className="min-w-0 max-w-full truncate pt-[3px] text-ink-3 text-small tablet:pl-1.5 phone:pt-0 phone:leading-4"
          >
            {line}
          </p>
        )}
      </div>
    </div>
  )
}

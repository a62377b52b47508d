import { SquarePen } from 'lucide-react'
import { useCallback, useRef } from 'react'
import { useAll } from '@/api/entities'
import { usePerson } from '@/api/people'
import { useSession } from '@/api/session'
import type { Channel } from '@/api/types'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { t } from '@/ui/text'
import { useRoving } from '@/ui/useRoving'
import { ConversationRow } from './ConversationRow'
import { conversationsOf } from './conversations'
import { openChannelDialog } from './dialogs'
import { useHearing } from './hearing'

interface Props {
  openId: string | null
  onMarkRead: (channelId: string) => void
  onClose: (channelId: string) => void
}

/** Begins a conversation. */
export function newTalk(): void {
  openChannelDialog({ kind: 'talk' })
}

/** My conversations, the newest talk first. */
export function ConversationList({ openId, onMarkRead, onClose }: Props) {
  const { me } = useSession()
  const self = usePerson(me?.id ?? '')
  const order = useAll(
    'channel',
    useCallback((all: readonly Channel[]) => conversationsOf(all, openId), [openId]),
  )
  useHearing()
  const container = useRef<HTMLElement>(null)
  const roving = useRoving(container, openId ?? order[0]?.id ?? null)
  if (order.length === 0) return <NoTalks />
  return (
    <nav
      ref={container}
      aria-label={t('channels.talks')}
      onKeyDown={roving.onKeyDown}
      className="-mx-1 min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-1 pt-2 pb-4"
    >
      <ul className="grid grid-cols-1 gap-px">
        {self &&
          order.map((channel) => (
            <ConversationRow
              key={channel.id}
              channel={channel}
              me={self}
              open={channel.id === openId}
              tabIndex={roving.tabIndex(channel.id)}
              onMarkRead={onMarkRead}
              onClose={onClose}
            />
          ))}
      </ul>
    </nav>
  )
}

function NoTalks() {
  return (
    <EmptyState
      drawing="letter"
      title={t('channels.talks.none')}
      text={t('channels.talks.none.text')}
      action={
        <Button look="primary" onClick={newTalk}>
          <SquarePen size={18} aria-hidden />
          {t('channels.talk.new')}
        </Button>
      }
    />
  )
}

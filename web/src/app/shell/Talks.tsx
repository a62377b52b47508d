import { Navigate } from '@tanstack/react-router'
import { SquarePen } from 'lucide-react'
import { useState } from 'react'
import { useAll } from '@/api/entities'
import type { Channel } from '@/api/types'
import { ConversationList, newTalk } from '@/features/channels/ConversationList'
import { conversationsOf } from '@/features/channels/conversations'
import { lastOf } from '@/features/channels/recent'
import { markRead } from '@/features/messages/read'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { useHere } from './here'
import { MainSheet } from './MainSheet'
import { Resizer } from './Resizer'
import { usePlaceTitle } from './signs'
import { closeTalk } from './talkCommands'
import { useWays } from './ways'

/** The list of conversations, as a group has its list of channels. */
export function TalkList({ page }: { page?: boolean }) {
  const { channelId } = useHere()
  const go = useWays()
  const Landmark = page ? 'main' : 'aside'
  const Heading = page ? 'h1' : 'h2'
  const close = (id: string) => closeTalk(id, () => id === channelId && go.talks())
  return (
    <Landmark
      aria-label={t('channels.talks')}
      className="relative flex h-full min-h-0 flex-col pt-2 pr-3 pl-1 phone:bg-stone-1 phone:px-2 phone:pt-[calc(0.25rem+env(safe-area-inset-top))] phone:[--ground:var(--stone-1)]"
    >
      <header className="flex h-14 shrink-0 items-center gap-1 pl-2.5 phone:pl-3">
        <Heading className="serif min-w-0 flex-1 truncate text-group phone:text-page">
          {t('channels.talks')}
        </Heading>
        <IconButton
          icon={SquarePen}
          label={t('channels.talk.new')}
          onClick={newTalk}
          className="text-ink-3 phone:size-11"
        />
      </header>
      <ConversationList openId={channelId} onMarkRead={markRead} onClose={close} />
      <Resizer />
    </Landmark>
  )
}

const followedOnes = (all: readonly Channel[]) => conversationsOf(all, null)

/** Messages without a word of which: the conversation one was in last; on a phone, the list. */
export function Talks() {
  const order = useAll('channel', followedOnes)
  const phone = useMedia(widths.phone)
  // Once, on coming here: what begins or comes back later must not open by itself and be read.
  const [target] = useState(() => lastOf(order))
  usePlaceTitle(t('channels.talks'))
  if (phone) return <TalkList page />
  if (target) {
    return <Navigate to="/c/$channelId" params={{ channelId: target.id }} search={{}} replace />
  }
  return (
    <MainSheet>
      <h1 className="sr-only">{t('channels.talks')}</h1>
      <EmptyState
        drawing="bench"
        title={t('channels.talks.quiet')}
        text={t('channels.talks.quiet.text')}
      />
    </MainSheet>
  )
}

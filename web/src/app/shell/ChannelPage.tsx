import { useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { ApiError } from '@/api/client'
import { useEntity } from '@/api/entities'
import { usePlaces } from '@/api/places'
import type { Channel, Group } from '@/api/types'
import { problemCode, problemText } from '@/features/accounts/problem'
import { useChannelFetch } from '@/features/channels/api'
import { ChannelHeader } from '@/features/channels/ChannelHeader'
import { ChannelPanel } from '@/features/channels/ChannelPanel'
import { ConversationHeader } from '@/features/channels/ConversationHeader'
import { ConversationPanel } from '@/features/channels/ConversationPanel'
import { isConversation, useTalk } from '@/features/channels/conversations'
import { remember } from '@/features/channels/recent'
import { Conversation } from '@/features/messages/Conversation'
import { markRead } from '@/features/messages/read'
import { ErrorState } from '@/ui/ErrorState'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { Banner } from './Banner'
import { useCommand } from './commands'
import { Gone } from './Gone'
import { lastGroup } from './here'
import { listHidden, setLayer, useLayers } from './layers'
import { MainSheet } from './MainSheet'
import { PlaceFiles } from './PlaceFiles'
import { PlacePins } from './PlacePins'
import { PlaceSide } from './PlaceSide'
import { usePlaceTitle } from './signs'
import { ThreadSide } from './ThreadSide'
import { closeTalk } from './talkCommands'
import { useSwipeBack } from './useSwipeBack'
import { useThreadWay } from './useThreadWay'
import { useWays } from './ways'

/** A channel on the sheet. */
export function ChannelPage() {
  const { channelId } = useParams({ from: '/signed-in/shell/place/c/$channelId' })
  const channel = useEntity('channel', channelId)
  const group = useEntity('group', channel?.group_id)
  const { state } = usePlaces()
  const found = useChannelFetch(channelId, !channel && state === 'ready')
  if (channel && isConversation(channel)) return <Talk channel={channel} />
  if (channel && group) return <Place channel={channel} group={group} />
  const { error } = found
  const gone = error instanceof ApiError && (error.status === 404 || error.status === 403)
  return (
    <MainSheet>
      {gone && <Gone />}
      {error && !gone && (
        <ErrorState
          title={t('channels.load.failed')}
          text={problemText(error)}
          code={problemCode(error)}
          onRetry={() => void found.refetch()}
        />
      )}
    </MainSheet>
  )
}

/** What every place has: a head that opens the panel and shows the list, its talk, and a thread or
 * the panel beside it. */
function useFrame(channel: Channel) {
  const { m, thread } = useSearch({ from: '/signed-in/shell/place/c/$channelId' })
  const { panel: open } = useLayers()
  const hidden = listHidden.use()
  const [panel, list] = [useCommand('panel')?.keys ?? '', useCommand('list')?.keys ?? '']
  const way = useThreadWay(channel.id)
  const alone = useMedia(widths.phone) && thread !== undefined
  const threadSide = thread && (
    <ThreadSide
      channel={channel}
      rootId={thread}
      anchor={m ?? null}
      onClose={way.close}
      onJump={way.jump}
    />
  )
  return {
    /** On a phone a thread is a page of its own. */
    page: alone ? threadSide : null,
    talk: {
      channelId: channel.id,
      anchor: thread ? null : (m ?? null),
      onThread: way.open,
      onJump: way.jump,
    },
    head: {
      panel: { open, toggle: () => setLayer({ panel: !open }), keys: panel },
      list: { hidden, show: () => listHidden.set(false), keys: list },
    },
    beside: (panelOf: (close: () => void) => ReactNode) =>
      threadSide || (open && <PlaceSide>{panelOf}</PlaceSide>),
    jump: way.jump,
  }
}

function Place({ channel, group }: { channel: Channel; group: Group }) {
  const frame = useFrame(channel)
  const go = useWays()
  const back = () => go.group(group.id)
  const swipe = useSwipeBack(back)
  usePlaceTitle(channel.name)
  // What one follows comes anew with all places; one that is merely open is asked for by itself.
  useChannelFetch(channel.id, !channel.followed, usePlaces().round)
  useEffect(() => {
    remember(channel.id)
    lastGroup.set(group.id)
  }, [channel.id, group.id])
  if (frame.page) return frame.page
  return (
    <>
      <MainSheet {...swipe}>
        <ChannelHeader
          {...{ channel, group }}
          {...frame.head}
          onBack={back}
          onMarkRead={markRead}
        />
        <Banner channel={channel} group={group} />
        <Conversation {...frame.talk} />
      </MainSheet>
      {frame.beside((close) => (
        <ChannelPanel
          channel={channel}
          group={group}
          files={<PlaceFiles channelId={channel.id} onClose={close} />}
          pinned={<PlacePins channel={channel} onClose={close} onJump={frame.jump} />}
          onClose={close}
        />
      ))}
    </>
  )
}

function Talk({ channel }: { channel: Channel }) {
  const frame = useFrame(channel)
  const go = useWays()
  const swipe = useSwipeBack(go.talks)
  const { name } = useTalk(channel)
  usePlaceTitle(name)
  useEffect(() => remember(channel.id), [channel.id])
  // Nobody is told that a block of the other one is over: asked on coming here.
  useChannelFetch(channel.id, !channel.permissions.includes('post'))
  if (frame.page) return frame.page
  return (
    <>
      <MainSheet {...swipe}>
        <ConversationHeader
          channel={channel}
          {...frame.head}
          onBack={go.talks}
          onMarkRead={markRead}
          onClose={(id) => closeTalk(id, go.talks)}
        />
        <Conversation {...frame.talk} name={name} />
      </MainSheet>
      {frame.beside((close) => (
        <ConversationPanel channel={channel} onClose={close} />
      ))}
    </>
  )
}

import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
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
import { Banner } from './Banner'
import { useCommand } from './commands'
import { Gone } from './Gone'
import { lastGroup } from './here'
import { listHidden, setLayer, useLayers } from './layers'
import { MainSheet } from './MainSheet'
import { PlaceFiles } from './PlaceFiles'
import { PlaceSide } from './PlaceSide'
import { usePlaceTitle } from './signs'
import { closeTalk } from './talkCommands'
import { useSwipeBack } from './useSwipeBack'
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

/** What the head of every place needs: the panel beside it and the list before it. */
function useFrame() {
  const { m } = useSearch({ from: '/signed-in/shell/place/c/$channelId' })
  const { panel: open } = useLayers()
  const hidden = listHidden.use()
  const [panel, list] = [useCommand('panel')?.keys ?? '', useCommand('list')?.keys ?? '']
  return {
    anchor: m ?? null,
    panel: { open, toggle: () => setLayer({ panel: !open }), keys: panel },
    list: { hidden, show: () => listHidden.set(false), keys: list },
  }
}

function Place({ channel, group }: { channel: Channel; group: Group }) {
  const { anchor, panel, list } = useFrame()
  const go = useWays()
  const back = () => go.group(group.id)
  const swipe = useSwipeBack(back)
  usePlaceTitle(channel.name)
  useEffect(() => {
    remember(channel.id)
    lastGroup.set(group.id)
  }, [channel.id, group.id])
  return (
    <>
      <MainSheet {...swipe}>
        <ChannelHeader {...{ channel, group, panel, list }} onBack={back} onMarkRead={markRead} />
        <Banner channel={channel} group={group} />
        <Conversation channelId={channel.id} anchor={anchor} />
      </MainSheet>
      {panel.open && (
        <PlaceSide>
          {(close) => (
            <ChannelPanel
              channel={channel}
              group={group}
              files={<PlaceFiles channelId={channel.id} onClose={close} />}
              onClose={close}
            />
          )}
        </PlaceSide>
      )}
    </>
  )
}

function Talk({ channel }: { channel: Channel }) {
  const { anchor, panel, list } = useFrame()
  const go = useWays()
  const swipe = useSwipeBack(go.talks)
  const { name } = useTalk(channel)
  usePlaceTitle(name)
  useEffect(() => remember(channel.id), [channel.id])
  return (
    <>
      <MainSheet {...swipe}>
        <ConversationHeader
          {...{ channel, panel, list }}
          onBack={go.talks}
          onMarkRead={markRead}
          onClose={(id) => closeTalk(id, go.talks)}
        />
        <Conversation channelId={channel.id} anchor={anchor} name={name} />
      </MainSheet>
      {panel.open && (
        <PlaceSide>{(close) => <ConversationPanel channel={channel} onClose={close} />}</PlaceSide>
      )}
    </>
  )
}

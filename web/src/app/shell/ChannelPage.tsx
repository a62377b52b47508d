import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { ApiError } from '@/api/client'
import { useEntity } from '@/api/entities'
import { usePlaces } from '@/api/places'
import type { Channel, Group } from '@/api/types'
import { problemCode, problemText } from '@/features/accounts/problem'
import { useChannelFetch } from '@/features/channels/api'
import { ChannelHeader } from '@/features/channels/ChannelHeader'
import { remember } from '@/features/channels/recent'
import { Conversation } from '@/features/messages/Conversation'
import { markRead } from '@/features/messages/read'
import { ErrorState } from '@/ui/ErrorState'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { Banner } from './Banner'
import { ChannelSide } from './ChannelSide'
import { useCommand } from './commands'
import { Gone } from './Gone'
import { lastGroup } from './here'
import { listHidden, setLayer, useLayers } from './layers'
import { MainSheet } from './MainSheet'
import { usePlaceTitle } from './signs'
import { ThreadSide } from './ThreadSide'
import { useSwipeBack } from './useSwipeBack'

/** A channel on the sheet. */
export function ChannelPage() {
  const { channelId } = useParams({ from: '/signed-in/shell/place/c/$channelId' })
  const channel = useEntity('channel', channelId)
  const group = useEntity('group', channel?.group_id)
  const { state } = usePlaces()
  const found = useChannelFetch(channelId, !channel && state === 'ready')
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

function Place({ channel, group }: { channel: Channel; group: Group }) {
  const { m, thread } = useSearch({ from: '/signed-in/shell/place/c/$channelId' })
  const navigate = useNavigate()
  const { panel } = useLayers()
  const phone = useMedia(widths.phone)
  const [openThread, closeThread, jump] = useThreadWay(channel.id)
  const hidden = listHidden.use()
  const keys = { panel: useCommand('panel')?.keys ?? '', list: useCommand('list')?.keys ?? '' }
  const back = () => void navigate({ to: '/g/$groupId', params: { groupId: group.id } })
  const swipe = useSwipeBack(back)
  usePlaceTitle(channel.name)
  useEffect(() => {
    remember(channel.id)
    lastGroup.set(group.id)
  }, [channel.id, group.id])
  if (thread && phone) {
    return <ThreadSide channel={channel} rootId={thread} onClose={closeThread} onJump={jump} />
  }
  return (
    <>
      <MainSheet {...swipe}>
        <ChannelHeader
          channel={channel}
          group={group}
          panel={{ open: panel, toggle: () => setLayer({ panel: !panel }), keys: keys.panel }}
          list={{ hidden, show: () => listHidden.set(false), keys: keys.list }}
          onBack={back}
          onMarkRead={markRead}
        />
        <Banner channel={channel} group={group} />
        <Conversation
          channelId={channel.id}
          anchor={m ?? null}
          onThread={openThread}
          onJump={jump}
        />
      </MainSheet>
      {thread ? (
        <ThreadSide channel={channel} rootId={thread} onClose={closeThread} onJump={jump} />
      ) : (
        panel && <ChannelSide channel={channel} group={group} onJump={jump} />
      )}
    </>
  )
}

/** Opens and closes a thread by the address; the focus goes back to where it came from. */
function useThreadWay(
  channelId: string,
): [(rootId: string) => void, () => void, (id: string) => void] {
  const navigate = useNavigate()
  const from = useRef<Element | null>(null)
  const open = useCallback(
    (rootId: string) => {
      from.current = document.activeElement?.closest('[data-row]') ?? document.activeElement
      const search = { thread: rootId }
      void navigate({ to: '/c/$channelId', params: { channelId }, search })
    },
    [navigate, channelId],
  )
  const close = useCallback(() => {
    void navigate({ to: '/c/$channelId', params: { channelId }, search: {} }).then(() => {
      const back = from.current
      const rest = document.querySelector<HTMLElement>('main [role=feed] [data-row][tabindex="0"]')
      if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus()
      else rest?.focus({ preventScroll: true })
    })
  }, [navigate, channelId])
  const jump = useCallback(
    (m: string) => void navigate({ to: '/c/$channelId', params: { channelId }, search: { m } }),
    [navigate, channelId],
  )
  return [open, close, jump]
}

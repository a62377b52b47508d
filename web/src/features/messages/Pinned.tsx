import { PinOff } from 'lucide-react'
import { useCallback, useEffect } from 'react'
import { api, unwrap } from '@/api/client'
import { useConnection } from '@/api/connection'
import { entities, useAll } from '@/api/entities'
import { takePeople } from '@/api/people'
import type { Message } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { setPinned } from './keeping'
import { MessageCard } from './MessageCard'

interface Props {
  channelId: string
  writes: boolean
  onOpen(id: string): void
}

/** What is pinned in a place, for its panel. Nothing where nothing is. */
export function Pinned({ channelId, writes, onOpen }: Props) {
  const online = useConnection().state === 'online'
  useEffect(() => {
    if (online) void load(channelId)
  }, [channelId, online])
  const select = useCallback(
    (all: readonly Message[]) =>
      all
        .filter((one) => one.pinned && !one.deleted && one.channel_id === channelId)
        .sort((a, b) => b.position - a.position),
    [channelId],
  )
  const pins = useAll('message', select)
  if (pins.length === 0) return null
  return (
    <section className="mt-6">
      <h3 className="serif text-section">
        {t('messages.pins')} <span className="text-ink-3 tabular-nums">{pins.length}</span>
      </h3>
      <ul aria-label={t('messages.pins')} className="-mx-3 mt-1.5">
        {pins.map((message) => (
          <MessageCard key={message.id} message={message} onOpen={() => onOpen(message.id)}>
            {writes && (
              <IconButton
                icon={PinOff}
                small
                label={t('messages.action.unpin')}
                onClick={() => setPinned(message.id, false)}
                className="mt-1.5 mr-1.5 text-ink-3"
              />
            )}
          </MessageCard>
        ))}
      </ul>
    </section>
  )
}

async function load(channelId: string): Promise<void> {
  const path = { channel_id: channelId }
  const asked = api.GET('/api/channels/{channel_id}/pins', { params: { path } })
  const found = await unwrap(asked).catch(() => null)
  if (!found) return
  takePeople(found.users, 0)
  for (const message of found.messages) {
    // What an event brought already is never older than this answer.
    if (entities.version('message', message.id) < 0) entities.put('message', message, 0)
  }
}

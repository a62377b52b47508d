import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { entities } from '@/api/entities'
import { othersWhoFollow } from '@/features/channels/api'
import { Confirm } from '@/ui/Confirm'
import { t } from '@/ui/text'
import { called } from './mentions'

/** Up to here one may well mean everybody. */
const FEW = 20

interface Asked {
  /** How many are told; null when that cannot be known now. */
  count: number | null
  go(): void
}

/** Asks before a text tells very many people. */
export function useAsking(channelId: string): {
  /** Goes on at once, or when that was confirmed. */
  ask(markdown: string, go: () => void): void
  dialog: ReactNode
} {
  const [asked, setAsked] = useState<Asked | null>(null)
  const client = useQueryClient()
  const ask = (markdown: string, go: () => void) => {
    const channel = entities.get('channel', channelId)
    const may = channel?.group_id && channel.permissions.includes('mention_all')
    if (!channel || !may || !called(markdown).channel) return go()
    void othersWhoFollow(client, channel)
      .catch(() => null)
      .then((count) => (count !== null && count <= FEW ? go() : setAsked({ count, go })))
  }
  const dialog = asked && (
    <Confirm
      open
      onOpenChange={() => setAsked(null)}
      title={t('messages.ask.title')}
      description={
        asked.count === null
          ? t('messages.ask.text.bare')
          : t('messages.ask.text', { count: asked.count })
      }
      action={t('messages.ask.action')}
      onConfirm={() => {
        setAsked(null)
        asked.go()
      }}
    />
  )
  return { ask, dialog }
}

import { connection } from '@/api/connection'
import { entities } from '@/api/entities'
import { outbox } from '@/api/unsent'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'

interface Passed {
  /** The message whose words go along. */
  id: string
  channelId: string
  /** What the place is called. */
  name: string
  /** Words of one's own above them. */
  words: string
  /** Goes to the message once it stands there. */
  show(messageId: string): void
}

/** Passes a message on; says when it stands there, that it waits, or why it does not go. */
export function passOn({ id, channelId, name, words, show }: Passed): void {
  const box = outbox
  const clientId = box.add(channelId, words, { forward_of: id })
  if (connection.get().state !== 'online') toast({ text: t('messages.forward.later', { name }) })
  const stop = box.topics.on(channelId, () => {
    const row = box.of(channelId).find((one) => one.client_id === clientId)
    if (row?.state === 'waiting') return
    stop()
    if (row) {
      toast({ text: t('messages.forward.failed', { reason: row.reason ?? '' }), tone: 'bad' })
      return
    }
    const stored = entities.all('message').find((one) => one.client_id === clientId)
    // Taken back by its author instead, or the session ended.
    if (!stored) return
    toast({
      text: t('messages.forward.done', { name }),
      tone: 'good',
      action: { label: t('messages.forward.show'), run: () => show(stored.id) },
    })
  })
}

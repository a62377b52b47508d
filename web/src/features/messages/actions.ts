import { Copy, Link2, type LucideIcon, MailOpen, Pencil, Trash2 } from 'lucide-react'
import type { Message } from '@/api/types'
import { toast } from '@/ui/Toast'
import { type TextId, t } from '@/ui/text'
import type { Talk } from './context'
import { markUnreadFrom } from './read'

/** One thing to do with a message. */
export interface Action {
  name: string
  label: TextId
  icon: LucideIcon
  /** The key that does it while the message has the focus. */
  key: string
  danger?: boolean
  run(): void
}

/** The address that opens this message in its place. */
function permalink(message: Pick<Message, 'id'>, here: string = location.href): string {
  const url = new URL(here)
  url.search = ''
  url.hash = ''
  url.searchParams.set('m', message.id)
  return url.href
}

async function copy(text: string, said: TextId): Promise<void> {
  await navigator.clipboard.writeText(text)
  toast({ text: t(said), tone: 'good' })
}

/** What this person may do with this message, in the order of the bar. */
export function actionsFor(message: Message, talk: Talk): Action[] {
  if (message.deleted) return []
  const own = message.author_id === talk.me
  const list: (Action | false)[] = [
    own &&
      talk.writes && {
        name: 'edit',
        label: 'messages.action.edit',
        icon: Pencil,
        key: 'e',
        run: () => talk.edit(message.id),
      },
    {
      name: 'copyText',
      label: 'messages.action.copyText',
      icon: Copy,
      key: 'c',
      run: () => void copy(message.text, 'messages.copied.text'),
    },
    {
      name: 'copyLink',
      label: 'messages.action.copyLink',
      icon: Link2,
      key: 'l',
      run: () => void copy(permalink(message), 'messages.copied.link'),
    },
    {
      name: 'markUnread',
      label: 'messages.action.markUnread',
      icon: MailOpen,
      key: 'u',
      run: () => {
        markUnreadFrom(message.channel_id, message.position)
        toast({ text: t('messages.mark.unread') })
      },
    },
    (own || talk.moderates) && {
      name: 'delete',
      label: 'messages.action.delete',
      icon: Trash2,
      key: 'delete',
      danger: true,
      run: () => talk.remove(message.id),
    },
  ]
  return list.filter((action) => action !== false)
}

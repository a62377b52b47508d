import {
  Bookmark,
  BookmarkX,
  Copy,
  Link2,
  type LucideIcon,
  MailOpen,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  Quote,
  SmilePlus,
  Trash2,
} from 'lucide-react'
import type { Message } from '@/api/types'
import { toast } from '@/ui/Toast'
import { type TextId, t } from '@/ui/text'
import type { Talk } from './context'
import { setPinned, setSaved } from './keeping'
import { markUnreadFrom } from './read'
import { isSaved } from './saved'

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

/** What this person may do with this message, in the order of the menu. */
export function actionsFor(message: Message, talk: Talk): Action[] {
  if (message.deleted) return []
  const list = [
    ...answering(message, talk),
    ...keeping(message, talk),
    ...copying(message),
    ...changing(message, talk),
  ]
  return list.filter((action) => action !== false)
}

type Perhaps = (Action | false)[]

function answering(message: Message, talk: Talk): Perhaps {
  const { id } = message
  return [
    talk.writes && {
      name: 'react',
      label: 'messages.action.react',
      icon: SmilePlus,
      key: 'r',
      run: () => talk.react(id),
    },
    talk.root === null &&
      !message.thread_id && {
        name: 'thread',
        label: 'messages.action.thread',
        icon: MessageSquareReply,
        key: 't',
        run: () => talk.thread(id),
      },
    talk.writes && {
      name: 'quote',
      label: 'messages.action.quote',
      icon: Quote,
      key: 'q',
      run: () => talk.quote(id),
    },
  ]
}

function keeping({ id, pinned }: Message, talk: Talk): Perhaps {
  const saved = isSaved(id)
  return [
    {
      name: 'save',
      label: saved ? 'messages.action.unsave' : 'messages.action.save',
      icon: saved ? BookmarkX : Bookmark,
      key: 's',
      run: () => setSaved(id, !saved),
    },
    talk.writes && {
      name: 'pin',
      label: pinned ? 'messages.action.unpin' : 'messages.action.pin',
      icon: pinned ? PinOff : Pin,
      key: 'p',
      run: () => setPinned(id, !pinned),
    },
  ]
}

function copying(message: Message): Perhaps {
  return [
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
  ]
}

function changing(message: Message, talk: Talk): Perhaps {
  const { id, channel_id, position } = message
  const own = message.author_id === talk.me
  return [
    talk.root === null && {
      name: 'markUnread',
      label: 'messages.action.markUnread',
      icon: MailOpen,
      key: 'u',
      run: () => {
        markUnreadFrom(channel_id, position)
        toast({ text: t('messages.mark.unread') })
      },
    },
    own &&
      talk.writes && {
        name: 'edit',
        label: 'messages.action.edit',
        icon: Pencil,
        key: 'e',
        run: () => talk.edit(id),
      },
    (own || talk.moderates) && {
      name: 'delete',
      label: 'messages.action.delete',
      icon: Trash2,
      key: 'delete',
      danger: true,
      run: () => talk.remove(id),
    },
  ]
}

import {
  Bookmark,
  BookmarkX,
  Copy,
  Forward,
  History,
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
import { threadOf } from './lines'
import { markUnreadFrom } from './read'
import { isSaved } from './saved'
import { followsThread, markThreadUnreadFrom } from './threadState'

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
function permalink(message: Pick<Message, 'id' | 'root_id' | 'also'>): string {
  const url = new URL(location.href)
  url.search = ''
  url.hash = ''
  if (message.root_id && !message.also) url.searchParams.set('thread', message.root_id)
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
    ...copying(message, talk),
    ...changing(message, talk),
  ]
  return list.filter((action) => action !== false)
}

function markUnread({ channel_id, position }: Message, thread: string | null): void {
  if (thread) markThreadUnreadFrom(thread, position)
  else markUnreadFrom(channel_id, position)
  toast({ text: t('messages.mark.unread') })
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
    {
      name: 'forward',
      label: 'messages.action.forward',
      icon: Forward,
      key: 'f',
      run: () => talk.forward(id),
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

function copying(message: Message, talk: Talk): Perhaps {
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
    message.edited_at !== null && {
      name: 'history',
      label: 'messages.action.history',
      icon: History,
      key: 'h',
      run: () => talk.history(message.id),
    },
  ]
}

function changing(message: Message, talk: Talk): Perhaps {
  const { id } = message
  const own = message.author_id === talk.me
  const thread = threadOf(talk.line)
  return [
    // Of a thread one does not follow nothing is ever unread.
    (talk.root === null || followsThread(thread)) && {
      name: 'markUnread',
      label: 'messages.action.markUnread',
      icon: MailOpen,
      key: 'u',
      run: () => markUnread(message, thread),
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

import {
  ArrowDown,
  ArrowUp,
  Bell,
  Bookmark,
  CheckCheck,
  ChevronsDown,
  ChevronsUp,
  Keyboard,
  LogOut,
  MessageSquareReply,
  MessagesSquare,
  PanelLeft,
  Plus,
  Search,
  Settings,
  Smile,
  SquarePen,
  SunMoon,
  UserRound,
} from 'lucide-react'
import { entities } from '@/api/entities'
import { signOut } from '@/api/session'
import { newTalk } from '@/features/channels/ConversationList'
import { neighbour, nextUnread } from '@/features/channels/unread'
import { complain } from '@/features/groups/complain'
import { openGroupDialog } from '@/features/groups/dialogs'
import { byRail } from '@/features/groups/order'
import { markAllRead } from '@/features/messages/read'
import { markThreadsRead } from '@/features/messages/threadState'
import { markActivityRead } from '@/features/notifications/api'
import { setAppearance, useAppearance } from '@/ui/appearance'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { queryClient } from '../query'
import { type Command, commandsOf } from './commands'
import { orderIn, talksIn, wholeOrder } from './here'
import { listHidden, setLayer } from './layers'
import type { Scope } from './ways'

type Step = 1 | -1
const walk = commandsOf('go')

/** Moves: to the next channel, the next unread one, the next group. */
export function goCommands({ channelId, group, talks, go }: Scope): Command[] {
  const beside = (step: Step) => () => {
    const order = talks ? talksIn(channelId) : group ? orderIn(group.id, channelId) : []
    const next = neighbour(order, channelId, step)
    if (next) go.channel(next.id)
  }
  const unread = (step: Step) => () => {
    const next = nextUnread(wholeOrder(channelId), channelId, step)
    if (next) go.channel(next.id)
    else toast({ text: t('shell.allRead') })
  }
  const nextGroup = (step: Step) => () => {
    const next = neighbour(byRail(entities.all('group')), group?.id ?? null, step)
    if (next) go.group(next.id)
  }
  const palette = () => setLayer({ palette: true })
  const keys = (combination: string) => ({ keys: combination, keysOnly: true })
  return [
    walk('palette', t('shell.palette'), Search, palette, keys('mod+k')),
    walk('channel.next', t('shell.next'), ArrowDown, beside(1), keys('alt+down')),
    walk('channel.previous', t('shell.previous'), ArrowUp, beside(-1), keys('alt+up')),
    walk('unread.next', t('shell.nextUnread'), ChevronsDown, unread(1), {
      keys: 'alt+shift+down',
    }),
    walk(
      'unread.previous',
      t('shell.previousUnread'),
      ChevronsUp,
      unread(-1),
      keys('alt+shift+up'),
    ),
    walk('group.next', t('shell.nextGroup'), ArrowDown, nextGroup(1), keys('mod+alt+down')),
    walk('group.previous', t('shell.previousGroup'), ArrowUp, nextGroup(-1), keys('mod+alt+up')),
  ]
}

const house = commandsOf('house')

/** Things about the house and oneself. */
export function houseCommands({ go }: Scope): Command[] {
  const add = () => openGroupDialog({ kind: 'add' })
  const list = () => listHidden.set(!listHidden.get())
  const shortcuts = () => setLayer({ shortcuts: true })
  const settings = () => go.settings('profile')
  return [
    house('readAll', t('shell.readAll'), CheckCheck, readAll, { keys: 'shift+escape' }),
    house('talks', t('channels.talks'), MessagesSquare, go.talks),
    house('activity', t('notifications.title'), Bell, go.activity, { keys: 'alt+a' }),
    house('threads', t('messages.threads'), MessageSquareReply, go.threads, { keys: 'alt+h' }),
    house('talk.new', t('channels.talk.new'), SquarePen, newTalk, { keys: 'alt+y' }),
    house('group.add', t('groups.add'), Plus, add),
    house('saved', t('messages.saved'), Bookmark, go.saved),
    house('list', t('shell.list'), PanelLeft, list, { keys: 'mod+\\' }),
    house('theme', t('shell.theme'), SunMoon, switchTheme, { keys: 'alt+t' }),
    house('status', t('accounts.status.set'), Smile, () => setLayer({ status: true })),
    house('profile', t('shell.profile'), UserRound, () => go.settings('profile')),
    house('settings', t('shell.settings'), Settings, settings, { keys: 'mod+,' }),
    house('shortcuts', t('shell.shortcuts'), Keyboard, shortcuts, { keys: '?' }),
    house('signOut', t('accounts.signOut'), LogOut, () => void signOut()),
  ]
}

function readAll(): void {
  markAllRead()
  void markThreadsRead().catch(complain)
  markActivityRead(queryClient)
  toast({ text: t('shell.allRead') })
}

function switchTheme(): void {
  const { theme } = useAppearance.getState()
  const lit = theme === 'system' ? document.documentElement.dataset.theme : theme
  setAppearance({ theme: lit === 'light' ? 'dark' : 'light' })
}

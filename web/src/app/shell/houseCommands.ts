import {
  ArrowDown,
  ArrowUp,
  CheckCheck,
  ChevronsDown,
  ChevronsUp,
  Keyboard,
  LogOut,
  PanelLeft,
  Plus,
  Search,
  Settings,
  SunMoon,
  UserRound,
} from 'lucide-react'
import { entities } from '@/api/entities'
import { signOut } from '@/api/session'
import { neighbour, nextUnread } from '@/features/channels/unread'
import { openGroupDialog } from '@/features/groups/dialogs'
import { byRail } from '@/features/groups/order'
import { markAllRead } from '@/features/messages/read'
import { setAppearance, useAppearance } from '@/ui/appearance'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import type { Command } from './commands'
import { orderIn, wholeOrder } from './here'
import { listHidden, setLayer } from './layers'
import type { Scope } from './useShellCommands'

type Step = 1 | -1

/** Moves: to the next channel, the next unread one, the next group. */
export function goCommands({ channelId, group, go }: Scope): Command[] {
  const beside = (step: Step) => () => {
    const next = group && neighbour(orderIn(group.id, channelId), channelId, step)
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
  const move = (id: string, text: string, keys: string, run: () => void, icon = ArrowDown) =>
    ({ id, text, keys, run, icon, section: 'go', keysOnly: true }) satisfies Command
  return [
    {
      id: 'palette',
      text: t('shell.palette'),
      icon: Search,
      section: 'go',
      keys: 'mod+k',
      keysOnly: true,
      run: () => setLayer({ palette: true }),
    },
    move('channel.next', t('shell.next'), 'alt+down', beside(1)),
    move('channel.previous', t('shell.previous'), 'alt+up', beside(-1), ArrowUp),
    {
      id: 'unread.next',
      text: t('shell.nextUnread'),
      icon: ChevronsDown,
      section: 'go',
      keys: 'alt+shift+down',
      run: unread(1),
    },
    move('unread.previous', t('shell.previousUnread'), 'alt+shift+up', unread(-1), ChevronsUp),
    move('group.next', t('shell.nextGroup'), 'mod+alt+down', nextGroup(1)),
    move('group.previous', t('shell.previousGroup'), 'mod+alt+up', nextGroup(-1), ArrowUp),
  ]
}

/** Things about the house and oneself. */
export function houseCommands({ go }: Scope): Command[] {
  return [
    {
      id: 'readAll',
      text: t('shell.readAll'),
      icon: CheckCheck,
      section: 'house',
      keys: 'shift+escape',
      run: () => {
        markAllRead()
        toast({ text: t('shell.allRead') })
      },
    },
    {
      id: 'group.add',
      text: t('groups.add'),
      icon: Plus,
      section: 'house',
      run: () => openGroupDialog({ kind: 'add' }),
    },
    {
      id: 'list',
      text: t('shell.list'),
      icon: PanelLeft,
      section: 'house',
      keys: 'mod+\\',
      run: () => listHidden.set(!listHidden.get()),
    },
    {
      id: 'theme',
      text: t('shell.theme'),
      icon: SunMoon,
      section: 'house',
      keys: 'alt+t',
      run: switchTheme,
    },
    {
      id: 'profile',
      text: t('shell.profile'),
      icon: UserRound,
      section: 'house',
      run: () => go.settings('profile'),
    },
    {
      id: 'settings',
      text: t('shell.settings'),
      icon: Settings,
      section: 'house',
      keys: 'mod+,',
      run: () => go.settings('appearance'),
    },
    {
      id: 'shortcuts',
      text: t('shell.shortcuts'),
      icon: Keyboard,
      section: 'house',
      keys: '?',
      run: () => setLayer({ shortcuts: true }),
    },
    {
      id: 'signOut',
      text: t('accounts.signOut'),
      icon: LogOut,
      section: 'house',
      run: () => void signOut(),
    },
  ]
}

function switchTheme(): void {
  const { theme } = useAppearance.getState()
  const lit = theme === 'system' ? document.documentElement.dataset.theme : theme
  setAppearance({ theme: lit === 'light' ? 'dark' : 'light' })
}

import { ChevronDown, Ellipsis, PanelLeftClose, Search } from 'lucide-react'
import { useAll } from '@/api/entities'
import type { Channel, Group } from '@/api/types'
import { ChannelTree } from '@/features/channels/ChannelTree'
import { markRead } from '@/features/messages/read'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Kbd } from '@/ui/Kbd'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { t } from '@/ui/text'
import { type Command, useCommand, useCommands } from './commands'
import { listHidden, setLayer } from './layers'
import { PhoneArches } from './PhoneArches'
import { useWays } from './useShellCommands'

interface Props {
  group: Group
  openId: string | null
}

/** The list of one group. On a phone it is a page of its own, with the groups above. */
export function Sidebar({ group, openId }: Props) {
  return (
    <aside
      aria-label={group.name}
      className="flex h-full min-h-0 flex-col pt-2 pr-3 pl-1 phone:bg-stone-1 phone:px-2 phone:pt-[calc(0.25rem+env(safe-area-inset-top))] phone:[--ground:var(--stone-1)]"
    >
      <PhoneArches groupId={group.id} />
      <GroupHead group={group} />
      <FindRow />
      <ChannelTree group={group} openId={openId} onMarkRead={markRead} />
      <NothingFollowed group={group} />
    </aside>
  )
}

function GroupHead({ group }: { group: Group }) {
  const hide = useCommand('list')
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pl-2.5 phone:pr-1 phone:pl-3">
      <h2 dir="auto" className="serif min-w-0 flex-1 truncate text-group phone:text-page">
        {group.name}
      </h2>
      <IconButton
        icon={PanelLeftClose}
        small
        label={t('shell.list.hide')}
        {...(hide?.keys ? { keys: hide.keys } : {})}
        onClick={() => listHidden.set(true)}
        className="text-ink-3 opacity-0 transition-opacity focus-visible:opacity-100 phone:hidden [aside:hover_&]:opacity-100"
      />
      <Menu
        trigger={
          <IconButton
            icon={ChevronDown}
            small
            label={t('shell.group.menu')}
            className="text-ink-3 phone:hidden"
          />
        }
      >
        <GroupItems />
      </Menu>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t('shell.group.menu')}
            className="size-11 text-ink-3 tablet:hidden"
          />
        }
      >
        <GroupItems />
      </Menu>
    </header>
  )
}

/** The group's commands, as the palette and the keys know them. */
function GroupItems() {
  const commands = useCommands().filter(({ section }) => section === 'group')
  return commands.map((command) => <CommandItem key={command.id} command={command} />)
}

function CommandItem({ command }: { command: Command }) {
  const { icon, keys, danger, run, text } = command
  return (
    <>
      {danger && <MenuSeparator />}
      <MenuItem icon={icon} {...(keys ? { keys } : {})} danger={danger ?? false} onSelect={run}>
        {text}
      </MenuItem>
    </>
  )
}

function FindRow() {
  const keys = useCommand('palette')?.keys
  return (
    <button
      type="button"
      onClick={() => setLayer({ palette: true })}
      className="mb-1 flex h-[2.125rem] shrink-0 items-center gap-2.5 rounded-row px-2.5 text-left text-ink-3 transition-colors hover:bg-stone-2 phone:hidden light:hover:bg-stone-1 pointer-coarse:min-h-11"
    >
      <Search size={18} aria-hidden />
      <span className="min-w-0 flex-1 truncate">{t('shell.find')}</span>
      {keys && (
        <span className="[&_kbd]:bg-transparent [&_kbd]:px-0 [&_kbd]:min-w-0">
          <Kbd keys={keys} />
        </span>
      )}
    </button>
  )
}

const followedOnes = (all: readonly Channel[]) =>
  new Set(all.filter(({ followed }) => followed).map(({ group_id }) => group_id))

/** On a phone the list is all there is, so it teaches the next step itself. */
function NothingFollowed({ group }: { group: Group }) {
  const go = useWays()
  const followed = useAll('channel', followedOnes)
  if (followed.has(group.id)) return null
  return (
    <div className="flex flex-1 flex-col items-start gap-3 px-2.5 text-ink-3 phone:px-3">
      <p className="text-small">{t('channels.none.follow.text')}</p>
      <Button size="small" onClick={() => go.page(group.id, 'channels')}>
        {t('shell.group.browse')}
      </Button>
    </div>
  )
}

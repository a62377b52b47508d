import { Link } from '@tanstack/react-router'
import { ChevronDown, Ellipsis, MessageSquareReply, PanelLeftClose, Search } from 'lucide-react'
import { useAll } from '@/api/entities'
import type { Channel, Group } from '@/api/types'
import { ChannelTree } from '@/features/channels/ChannelTree'
import { GroupHearing } from '@/features/channels/HearingItems'
import { markRead } from '@/features/messages/read'
import { useUnreadThreads } from '@/features/messages/threadState'
import { CountBadge } from '@/ui/Badge'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { Kbd } from '@/ui/Kbd'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { t } from '@/ui/text'
import { type Command, useCommand, useCommands } from './commands'
import { listHidden, setLayer } from './layers'
import { NothingFollowed } from './NothingFollowed'
import { PhoneArches } from './PhoneArches'
import { Resizer } from './Resizer'

interface Props {
  group: Group
  openId: string | null
  /** It is all there is: on a phone. */
  page?: boolean
}

/** The list of one group. On a phone it is a page of its own, with the groups above. */
export function Sidebar({ group, openId, page }: Props) {
  const Landmark = page ? 'main' : 'aside'
  return (
    <Landmark
      aria-label={group.name}
      className="group/list relative flex h-full min-h-0 flex-col pt-2 pr-3 pl-1 phone:bg-stone-1 phone:px-2 phone:pt-[calc(0.25rem+env(safe-area-inset-top))] phone:[--ground:var(--stone-1)]"
    >
      <PhoneArches groupId={group.id} />
      <GroupHead group={group} page={page ?? false} />
      <FindRow />
      <ThreadsRow />
      <Channels group={group} openId={openId} page={page ?? false} />
      <Resizer />
    </Landmark>
  )
}

function GroupHead({ group, page }: { group: Group; page: boolean }) {
  const Heading = page ? 'h1' : 'h2'
  const hide = useCommand('list')
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pl-2.5 phone:pr-1 phone:pl-3">
      <Heading dir="auto" className="serif min-w-0 flex-1 truncate text-group phone:text-page">
        {group.name}
      </Heading>
      <IconButton
        icon={PanelLeftClose}
        small
        label={t('shell.list.hide')}
        {...(hide?.keys ? { keys: hide.keys } : {})}
        onClick={() => listHidden.set(true)}
        className="text-ink-3 opacity-0 transition-opacity focus-visible:opacity-100 phone:hidden group-hover/list:opacity-100"
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
        <GroupItems group={group} />
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
        <GroupItems group={group} />
      </Menu>
    </header>
  )
}

/** The group's commands, as the palette and the keys know them. */
function GroupItems({ group }: { group: Group }) {
  const commands = useCommands().filter(({ section }) => section === 'group')
  return (
    <>
      <GroupHearing group={group} />
      <MenuSeparator />
      {commands.map((command) => (
        <CommandItem key={command.id} command={command} />
      ))}
    </>
  )
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

/** The threads I follow, and in how many of them something is new. */
function ThreadsRow() {
  const count = useUnreadThreads()
  return (
    <Link
      to="/threads"
      className={cx(
        'mb-1 flex h-[2.125rem] shrink-0 items-center gap-2.5 rounded-row px-2.5 transition-colors hover:bg-stone-2 phone:h-[2.875rem] phone:gap-3.5 phone:px-3 phone:text-lead light:hover:bg-stone-1 pointer-coarse:min-h-11',
        count > 0 ? 'font-bold text-ink-1' : 'font-book text-ink-2',
      )}
      activeProps={{ className: 'bg-stone-3 text-ink-1' }}
    >
      <MessageSquareReply
        aria-hidden
        className="size-[1.125rem] text-ink-3 phone:size-[1.375rem]"
      />
      <span className="min-w-0 flex-1 truncate">{t('messages.threads')}</span>
      {count > 0 && <CountBadge count={count} label={t('messages.threads.unread', { count })} />}
    </Link>
  )
}

const followedOnes = (all: readonly Channel[]) =>
  Map.groupBy(
    all.filter(({ followed, archived }) => followed && !archived),
    ({ group_id }) => group_id,
  )

/** Who follows no more than this is new here, and is shown where there is more. */
const FEW = 2

/** The channels; on a phone, where the list is all there is, an empty one teaches the next step. */
function Channels({ group, openId, page }: Props) {
  const followed = useAll('channel', followedOnes)
  const count = followed.get(group.id)?.length ?? 0
  if (page && count === 0) return <NothingFollowed group={group} />
  const foot = count <= FEW && <BrowseRow />
  return <ChannelTree group={group} openId={openId} onMarkRead={markRead} foot={foot} />
}

function BrowseRow() {
  const browse = useCommand('browse')
  if (!browse) return null
  return (
    <button
      type="button"
      onClick={browse.run}
      className="mt-3 flex h-[2.125rem] w-full items-center gap-2.5 rounded-row px-2.5 text-left font-book text-ink-3 transition-colors hover:bg-stone-2 phone:h-[2.875rem] phone:gap-3.5 phone:px-3 phone:text-lead light:hover:bg-stone-1 pointer-coarse:min-h-11"
    >
      <browse.icon aria-hidden className="size-[1.125rem] phone:size-[1.375rem]" />
      {browse.text}
    </button>
  )
}

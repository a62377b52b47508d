import { Link } from '@tanstack/react-router'
import { Plus, Settings } from 'lucide-react'
import { useRef } from 'react'
import { useTallies } from '@/features/channels/tallies'
import { orderGroups } from '@/features/groups/api'
import { openGroupDialog } from '@/features/groups/dialogs'
import { moved, useGroups } from '@/features/groups/order'
import { Mark } from '@/ui/Mark'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { useDragSort } from '@/ui/useDragSort'
import { useCommand } from './commands'
import { useHere } from './here'
import { MyMenu } from './MyMenu'
import { RailActivity } from './RailActivity'
import { RailGroup } from './RailGroup'
import { RailTalks } from './RailTalks'

const tool =
  'grid h-10 w-11 shrink-0 place-items-center rounded-card text-ink-3 transition-colors hover:bg-stone-3 hover:text-ink-1'

/** The groups one belongs to, and oneself. */
export function Rail() {
  const groups = useGroups()
  const sums = useTallies()
  const { groupId } = useHere()
  const container = useRef<HTMLUListElement>(null)
  const ids = groups.map(({ id }) => id)
  const place = (id: string, index: number) => void orderGroups(moved(ids, id, index))
  const { drag, begin } = useDragSort(container, place)
  return (
    <nav
      aria-label={t('shell.rail')}
      className="flex w-[4.5rem] shrink-0 flex-col items-center gap-2.5 pt-4 pb-3.5 phone:hidden"
    >
      <Link to="/" aria-label={t('shell.home')} className={tool}>
        <Mark />
      </Link>
      <RailTalks />
      <RailActivity />
      <ul
        ref={container}
        className="relative mt-1.5 flex min-h-0 w-full flex-col items-center gap-2.5 overflow-y-auto py-1 [scrollbar-width:none]"
      >
        {groups.map((group, index) => (
          <RailGroup
            key={group.id}
            group={group}
            open={group.id === groupId}
            tally={sums.get(group.id)}
            drag={drag?.id === group.id ? drag : null}
            onGrab={begin(group.id)}
            onUp={index > 0 ? () => place(group.id, index - 1) : undefined}
            onDown={index < ids.length - 1 ? () => place(group.id, index + 1) : undefined}
          />
        ))}
        {drag && (
          <li
            aria-hidden
            style={{ top: drag.line - 1 }}
            className="pointer-events-none absolute inset-x-4 z-30 h-0.5 rounded-full bg-marigold"
          />
        )}
      </ul>
      <Tooltip text={t('groups.add')} side="right">
        <button
          type="button"
          aria-label={t('groups.add')}
          onClick={() => openGroupDialog({ kind: 'add' })}
          className={tool}
        >
          <Plus size={22} aria-hidden />
        </button>
      </Tooltip>
      <span className="flex-1" />
      <SettingsTool />
      <MyMenu />
    </nav>
  )
}

function SettingsTool() {
  const command = useCommand('settings')
  const name = t('accounts.settings.title')
  return (
    <Tooltip text={name} keys={command?.keys} side="right">
      <Link
        to="/settings/$section"
        params={{ section: 'profile' }}
        activeOptions={{ exact: false }}
        aria-label={name}
        className={tool}
        activeProps={{ className: 'bg-stone-3 text-ink-1' }}
      >
        <Settings size={22} aria-hidden />
      </Link>
    </Tooltip>
  )
}

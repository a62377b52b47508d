import { Plus } from 'lucide-react'
import { useTallies } from '@/features/channels/tallies'
import { openGroupDialog } from '@/features/groups/dialogs'
import { useGroups } from '@/features/groups/order'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { GroupLink } from './RailGroup'

const nothing = () => undefined

/** The rail of a phone: the groups in a row above the list. */
export function PhoneArches({ groupId }: { groupId: string }) {
  const groups = useGroups()
  const sums = useTallies()
  return (
    <nav aria-label={t('shell.rail')} className="flex shrink-0 items-center gap-1 tablet:hidden">
      <ul className="flex min-w-0 flex-1 gap-2.5 overflow-x-auto px-2 py-2 [scrollbar-width:none]">
        {groups.map((group) => (
          <li key={group.id} className="shrink-0">
            <GroupLink
              group={group}
              open={group.id === groupId}
              tally={sums.get(group.id)}
              drag={null}
              onGrab={nothing}
              onUp={undefined}
              onDown={undefined}
            />
          </li>
        ))}
      </ul>
      <IconButton
        icon={Plus}
        label={t('groups.add')}
        onClick={() => openGroupDialog({ kind: 'add' })}
        className="size-11 text-ink-3"
      />
    </nav>
  )
}

import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Role } from '@/api/types'
import { DropLine } from '@/ui/DropLine'
import { t } from '@/ui/text'
import { useDragSort } from '@/ui/useDragSort'
import { complain } from '../complain'
import { useOrderRoles } from './api'
import { CreateRoleDialog } from './CreateRoleDialog'
import { moved } from './drafts'
import type { Hand } from './hand'
import { RoleRow } from './RoleRow'

interface Props {
  groupId: string
  roles: Role[]
  hand: Hand
  openId: string | null
  onOpen: (roleId: string) => void
}

/** The roles, highest first; those below oneself can be put in another order. */
export function RoleList({ groupId, roles, hand, openId, onOpen }: Props) {
  const container = useRef<HTMLDivElement>(null)
  const order = useOrderRoles(groupId)
  const ids = roles.map(({ id }) => id)
  const movable = roles.filter(hand.below).map(({ id }) => id)
  const fixed = ids.length - movable.length
  // What is not below oneself stands above all that is, and keeps its place.
  const move = (id: string, index: number) => {
    const next = [...ids.slice(0, fixed), ...moved(movable, id, index)]
    if (next.join() !== ids.join()) order.mutate(next, { onError: complain })
  }
  const { drag, begin } = useDragSort(container, move)
  return (
    <div>
      <p className="px-2.5 pb-2 text-ink-3 text-small">{t('groups.roles.lead')}</p>
      <div ref={container} className="relative">
        <ul aria-label={t('groups.roles')}>
          {roles.map((role) => {
            const at = movable.indexOf(role.id)
            return (
              <RoleRow
                key={role.id}
                groupId={groupId}
                role={role}
                open={role.id === openId}
                below={hand.below(role)}
                held={drag?.id === role.id}
                onOpen={() => onOpen(role.id)}
                onGrab={begin(role.id)}
                onUp={at > 0 ? () => move(role.id, at - 1) : null}
                onDown={at >= 0 && at < movable.length - 1 ? () => move(role.id, at + 1) : null}
              />
            )
          })}
        </ul>
        {drag && <DropLine top={drag.line} />}
      </div>
      {movable.length > 0 && <NewRole groupId={groupId} onMade={onOpen} />}
    </div>
  )
}

function NewRole({ groupId, onMade }: { groupId: string; onMade: (roleId: string) => void }) {
  const [making, setMaking] = useState(false)
  return (
    <>
      <button
        type="button"
        onClick={() => setMaking(true)}
        className="mt-1 flex h-10 w-full items-center gap-3 rounded-row px-2.5 text-ink-2 transition-colors hover:bg-stone-3 pointer-coarse:h-11"
      >
        <Plus size={18} aria-hidden />
        {t('groups.roles.new')}
      </button>
      {making && (
        <CreateRoleDialog groupId={groupId} onClose={() => setMaking(false)} onMade={onMade} />
      )}
    </>
  )
}

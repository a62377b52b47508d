import type { Role } from '@/api/types'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { complain } from '../complain'
import { useSaveRoles } from './api'
import { changed, type Draft } from './drafts'

interface Props {
  groupId: string
  roles: readonly Role[]
  drafts: Readonly<Record<string, Draft>>
  /** Saved or thrown away. */
  onDone: () => void
}

/** Says how many changes wait and whom they reach. */
export function ChangesBar({ groupId, roles, drafts, onDone }: Props) {
  const save = useSaveRoles(groupId)
  const waiting = changed(roles, drafts)
  const count = waiting.reduce((sum, { changes }) => sum + changes, 0)
  const people = waiting.reduce((sum, { role }) => sum + role.members, 0)
  const nameless = waiting.some(({ draft }) => !draft.name.trim())
  const done = () => {
    onDone()
    toast({ text: t('groups.roles.saved'), tone: 'good' })
  }
  return (
    <div className="sticky bottom-0 z-10 flex justify-center pt-6 pb-5" aria-live="polite">
      {count > 0 && (
        <div className="flex animate-rise items-center gap-2.5 rounded-card float-surface py-2.5 pr-2.5 pl-4 phone:w-full phone:flex-wrap phone:justify-end">
          <p className="mr-2 text-small phone:w-full">
            <span className="font-strong">{t('groups.roles.changes', { count })}</span>{' '}
            <span className="text-ink-2">
              {t(waiting.length > 1 ? 'groups.roles.reachUpTo' : 'groups.roles.reach', {
                count,
                people,
              })}
            </span>
          </p>
          <Button look="ghost" onClick={onDone}>
            {t('groups.roles.discard')}
          </Button>
          <Button
            look="primary"
            busy={save.isPending}
            disabled={nameless}
            onClick={() => save.mutate(waiting, { onSuccess: done, onError: complain })}
          >
            {t('groups.roles.save')}
          </Button>
        </div>
      )}
    </div>
  )
}

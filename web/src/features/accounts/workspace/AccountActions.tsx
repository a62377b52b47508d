import { LogOut, RotateCcw, UserRoundCog, UserRoundX } from 'lucide-react'
import type { Account, Me, WorkspaceRole } from '@/api/types'
import { Confirm } from '@/ui/Confirm'
import { MenuChoice, MenuItem, MenuSeparator, MenuSub } from '@/ui/Menu'
import { plainName } from '@/ui/names'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { problemText } from '../problem'
import { useEndSessions, useSetActive, useSetRole } from './api'

/** What asks first. */
export type Act =
  | { kind: 'deactivate' }
  | { kind: 'signOut' }
  | { kind: 'role'; role: WorkspaceRole }

const ranks: Record<WorkspaceRole, number> = { guest: 0, member: 1, admin: 2, owner: 3 }
const complain = (error: Error) => toast({ text: problemText(error), tone: 'bad' })

/** May I do anything about this account? Only decides what is shown. */
export function mayTouch(me: Me, account: Account): boolean {
  return ranks[account.workspace_role] <= ranks[me.workspace_role]
}

function rolesFor(me: Me, account: Account): WorkspaceRole[] {
  if (account.user.kind === 'bot') return []
  if (me.workspace_role === 'owner') return ['owner', 'admin', 'member', 'guest']
  return ranks[account.workspace_role] < ranks.admin ? ['member', 'guest'] : []
}

interface Props {
  account: Account
  me: Me
  onAsk: (act: Act) => void
  onRestore: () => void
}

/** Opens an account again and says so. Of the row, not of its menu, which is gone by then. */
export function useRestore(account: Account): () => void {
  const restore = useSetActive()
  const name = plainName(account.user.name)
  const told = () => toast({ text: t('accounts.people.restored', { name }), tone: 'good' })
  return () => restore.mutate({ account, wish: true }, { onSuccess: told, onError: complain })
}

/** What can be done about an account, as items of its menu. */
export function AccountActions({ account, me, onAsk, onRestore }: Props) {
  const roles = rolesFor(me, account)
  const own = account.user.id === me.id
  return (
    <>
      {roles.length > 0 && (
        <MenuSub icon={UserRoundCog} label={t('accounts.people.role')}>
          <MenuChoice
            value={account.workspace_role}
            options={roles.map((role) => ({
              value: role,
              label: t(`accounts.people.role.${role}`),
              hint: t(`accounts.people.role.${role}.hint`),
            }))}
            onChange={(role) => role !== account.workspace_role && onAsk({ kind: 'role', role })}
          />
        </MenuSub>
      )}
      {account.sessions > 0 && (
        <MenuItem icon={LogOut} onSelect={() => onAsk({ kind: 'signOut' })}>
          {t('accounts.people.signOut')}
        </MenuItem>
      )}
      {!own && <MenuSeparator />}
      {!own && account.standing === 'deactivated' && (
        <MenuItem icon={RotateCcw} onSelect={onRestore}>
          {t('accounts.people.restore')}
        </MenuItem>
      )}
      {!own && account.standing !== 'deactivated' && (
        <MenuItem icon={UserRoundX} danger onSelect={() => onAsk({ kind: 'deactivate' })}>
          {t('accounts.people.deactivate')}
        </MenuItem>
      )}
    </>
  )
}

/** Says in words what is about to happen, and does it after a yes. */
export function ActConfirm(props: { account: Account; act: Act; onClose: () => void }) {
  const { account, act, onClose } = props
  const setActive = useSetActive()
  const setRole = useSetRole()
  const endSessions = useEndSessions()
  const name = plainName(account.user.name)
  const role = act.kind === 'role' ? t(`accounts.people.role.${act.role}`) : ''
  const done = {
    onSuccess: () => {
      toast({ text: t(`accounts.people.${act.kind}.done`, { name, role }), tone: 'good' })
      onClose()
    },
    onError: complain,
  }
  const go = () => {
    if (act.kind === 'deactivate') setActive.mutate({ account, wish: false }, done)
    else if (act.kind === 'signOut') endSessions.mutate({ account, wish: null }, done)
    else setRole.mutate({ account, wish: act.role }, done)
  }
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t(`accounts.people.${act.kind}.title`, { name, role })}
      description={t(`accounts.people.${act.kind}.text`)}
      action={t(`accounts.people.${act.kind}.yes`, { role })}
      danger={act.kind !== 'role'}
      busy={setActive.isPending || setRole.isPending || endSessions.isPending}
      onConfirm={go}
    />
  )
}

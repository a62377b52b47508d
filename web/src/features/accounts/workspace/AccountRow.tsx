import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '@/api/session'
import type { Account } from '@/api/types'
import { Avatar } from '@/ui/Avatar'
import { Tag } from '@/ui/Badge'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { plainName } from '@/ui/names'
import { relativeTime } from '@/ui/relativeTime'
import { t } from '@/ui/text'
import { AccountActions, type Act, ActConfirm, mayTouch, useRestore } from './AccountActions'

/** One account: who it is, how it stands, and the menu of what can be done. */
export function AccountRow({ account }: { account: Account }) {
  const { me } = useSession()
  const [asking, setAsking] = useState<Act | null>(null)
  const restore = useRestore(account)
  const { user, standing, workspace_role } = account
  const name = plainName(user.name)
  return (
    <li className="flex min-h-14 items-center gap-3.5 rounded-card px-2.5 py-1.5 transition-colors hover:bg-stone-3">
      <Avatar person={user} size={36} />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-left font-strong">
          {name}
          {user.id === me?.id && (
            <span className="ml-2 font-regular text-ink-3">{t('accounts.people.you')}</span>
          )}
        </p>
        <p className="truncate text-ink-3 text-small">{underName(account)}</p>
      </div>
      {workspace_role !== 'member' && <Tag>{t(`accounts.people.role.${workspace_role}`)}</Tag>}
      {user.kind === 'bot' && <Tag>{t('accounts.people.bot')}</Tag>}
      {standing !== 'active' && (
        <Tag dot={standing === 'invited' ? 'sky' : 'rose'}>{t(`accounts.people.${standing}`)}</Tag>
      )}
      {me && mayTouch(me, account) && (
        <Menu
          trigger={
            <IconButton
              icon={Ellipsis}
              label={t('accounts.people.actions', { name })}
              small
              className="text-ink-3"
            />
          }
        >
          <AccountActions account={account} me={me} onAsk={setAsking} onRestore={restore} />
        </Menu>
      )}
      {asking && <ActConfirm account={account} act={asking} onClose={() => setAsking(null)} />}
    </li>
  )
}

function underName({ email, last_used_at, first_signed_in_at }: Account): string {
  const seen = last_used_at
    ? t('accounts.people.seen', { when: relativeTime(last_used_at) })
    : t(first_signed_in_at ? 'accounts.people.away' : 'accounts.people.never')
  return email ? `${email} · ${seen}` : seen
}

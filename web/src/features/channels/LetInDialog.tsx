import { Search } from 'lucide-react'
import { useState } from 'react'
import type { Channel, User } from '@/api/types'
import { useMembers } from '@/features/groups/api'
import { complain } from '@/features/groups/complain'
import { SearchField } from '@/features/groups/SearchField'
import { useAllPages } from '@/features/groups/useAllPages'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { t } from '@/ui/text'
import { closeChannelDialog } from './dialogs'
import { useLetIn, usePeople } from './people'

/** Members of the group who cannot see this private channel yet, to be let in one by one. */
export function LetInDialog({ channel }: { channel: Channel }) {
  const members = useMembers(channel.group_id ?? '')
  const inside = usePeople(channel)
  useAllPages(members)
  useAllPages(inside)
  const [wanted, setWanted] = useState('')
  const ids = new Set(inside.data?.pages.flatMap((page) => page.members.map(({ user }) => user.id)))
  const needle = wanted.trim().toLocaleLowerCase()
  const outside = (members.data?.pages.flatMap((page) => page.members) ?? [])
    .map(({ user }) => user)
    .filter(
      ({ id, name, active }) => active && !ids.has(id) && name.toLocaleLowerCase().includes(needle),
    )
  return (
    <Dialog
      open
      width="narrow"
      onOpenChange={closeChannelDialog}
      title={t('channels.letIn.title', { name: channel.name })}
      description={t('channels.letIn.text')}
    >
      <SearchField
        icon={Search}
        label={t('channels.letIn.search')}
        value={wanted}
        onChange={setWanted}
      />
      <ul aria-label={t('channels.letIn.list')} className="mt-3 min-h-40">
        {outside.map((user) => (
          <Outsider key={user.id} user={user} channel={channel} />
        ))}
      </ul>
      {outside.length === 0 && !members.isPending && !inside.isPending && (
        <p role="status" className="-mt-36 px-2 text-ink-3">
          {t(needle ? 'channels.letIn.nobody' : 'channels.letIn.all')}
        </p>
      )}
    </Dialog>
  )
}

function Outsider({ user, channel }: { user: User; channel: Channel }) {
  const letIn = useLetIn(channel)
  return (
    <li className="flex min-h-12 items-center gap-3 rounded-row px-2">
      <Avatar person={user} size={32} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate">
          {user.name}
        </span>
        {user.title && (
          <span dir="auto" className="block truncate text-ink-3 text-small">
            {user.title}
          </span>
        )}
      </span>
      <Button
        look="raised"
        size="small"
        busy={letIn.isPending}
        aria-label={t('channels.letIn.named', { name: user.name })}
        onClick={() => letIn.mutate({ userId: user.id, inside: true }, { onError: complain })}
      >
        {t('channels.letIn')}
      </Button>
    </li>
  )
}

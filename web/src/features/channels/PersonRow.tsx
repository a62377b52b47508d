import { Ellipsis, UserMinus } from 'lucide-react'
import { usePresent } from '@/api/people'
import { useSession } from '@/api/session'
import type { Channel, Reader, User } from '@/api/types'
import { BlockItem } from '@/features/accounts/BlockItem'
import { complain } from '@/features/groups/complain'
import { useDot } from '@/features/presence/live'
import { StatusMark } from '@/features/presence/StatusMark'
import { Avatar } from '@/ui/Avatar'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useLetIn } from './people'

interface Props {
  person: Reader
  channel: Channel
  /** May be taken out again by me, if let in by name. */
  removable: boolean
}

/** Somebody in a place, and whether they are there right now. */
export function PersonRow({ person: { user: listed, explicit }, channel, removable }: Props) {
  const user = usePresent(listed)
  const { me } = useSession()
  const presence = useDot(user)
  return (
    <li className="group/person flex min-h-12 items-center gap-3 rounded-row px-2 transition-colors hover:bg-stone-3 [--ground:var(--stone-2)] hover:[--ground:var(--stone-3)]">
      <Avatar person={user} size={32} presence={presence} />
      <span className="min-w-0 flex-1 py-1">
        <span dir="auto" className="block truncate text-left font-medium">
          {user.name}
          <StatusMark user={user} />
          {user.id === me?.id && (
            <span className="ml-2 font-regular text-ink-3">{t('groups.you')}</span>
          )}
        </span>
        {user.title && (
          <span dir="auto" className="block truncate text-left text-ink-3 text-small">
            {user.title}
          </span>
        )}
      </span>
      {user.id !== me?.id && <More user={user} />}
      {removable && explicit && user.id !== me?.id && <TakeOut user={user} channel={channel} />}
    </li>
  )
}

const shy =
  'text-ink-3 opacity-0 focus-visible:opacity-100 group-hover/person:opacity-100 group-focus-within/person:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100'

function More({ user }: { user: User }) {
  const label = t('groups.member.more', { name: user.name })
  return (
    <Menu trigger={<IconButton icon={Ellipsis} small label={label} className={shy} />}>
      <BlockItem user={user} />
    </Menu>
  )
}

function TakeOut({ user, channel }: { user: User; channel: Channel }) {
  const letIn = useLetIn(channel)
  const back = () => letIn.mutate({ userId: user.id, inside: true }, { onError: complain })
  const done = () =>
    toast({
      text: t('channels.takeOut.done', { name: user.name }),
      action: { label: t('channels.undo'), run: back },
    })
  return (
    <IconButton
      icon={UserMinus}
      small
      label={t('channels.takeOut', { name: user.name })}
      onClick={() =>
        letIn.mutate({ userId: user.id, inside: false }, { onSuccess: done, onError: complain })
      }
      className={shy}
    />
  )
}

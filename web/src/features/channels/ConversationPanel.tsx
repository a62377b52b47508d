import { X } from 'lucide-react'
import { usePersons } from '@/api/people'
import type { Channel } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { useTalk } from './conversations'
import { PersonRow } from './PersonRow'

/** Who is in a conversation. */
export function ConversationPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { name } = useTalk(channel)
  const people = usePersons(channel.people ?? [])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-[3.75rem] shrink-0 items-center gap-2.5 pr-3.5 pl-5 phone:h-[3.25rem] phone:pr-1.5 phone:pl-4">
        <h2 dir="auto" className="serif min-w-0 flex-1 truncate pt-0.5 text-place">
          {name}
        </h2>
        <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-6 phone:px-4">
        <p className="mb-3 text-ink-3 text-small">{t('channels.talk.closedCircle')}</p>
        <ul aria-label={t('channels.people')} className="-mx-2">
          {people.map((user) => (
            <PersonRow
              key={user.id}
              person={{ user, explicit: true, through: [] }}
              channel={channel}
              removable={false}
            />
          ))}
        </ul>
      </div>
    </div>
  )
}

import { CheckCheck } from 'lucide-react'
import { complain } from '@/features/groups/complain'
import { ThreadInbox } from '@/features/messages/ThreadInbox'
import { markThreadsRead } from '@/features/messages/threadState'
import { IconButton } from '@/ui/IconButton'
import { t } from '@/ui/text'
import { MainSheet } from './MainSheet'
import { usePlaceTitle } from './signs'

/** The threads I follow, in all places. */
export function ThreadsPage() {
  const title = t('messages.threads')
  usePlaceTitle(title)
  return (
    <MainSheet>
      <header className="flex h-[3.75rem] shrink-0 items-center gap-2 pr-3.5 pl-6 phone:h-14 phone:pr-1.5 phone:pl-5">
        <h1 className="serif min-w-0 flex-1 pt-0.5 text-group phone:text-page">{title}</h1>
        <IconButton
          icon={CheckCheck}
          label={t('messages.threads.readAll')}
          onClick={() => void markThreadsRead().catch(complain)}
        />
      </header>
      <ThreadInbox />
    </MainSheet>
  )
}

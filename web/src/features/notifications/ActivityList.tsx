import { type KeyboardEvent, useRef } from 'react'
import { problemText } from '@/features/accounts/problem'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useRoving } from '@/ui/useRoving'
import { ActivityRow } from './ActivityRow'
import { type Filter, useActivity, useMarking } from './api'

const arrows: Record<string, string> = { j: 'ArrowDown', k: 'ArrowUp' }

/** What one was told of, by filter; j and k walk, Enter goes there. */
export function ActivityList({ filter, unread }: { filter: Filter; unread: boolean }) {
  const inbox = useActivity(filter, unread)
  const mark = useMarking()
  const container = useRef<HTMLUListElement>(null)
  const all = inbox.data?.pages.flatMap((page) => page.notifications) ?? []
  const roving = useRoving(container, all[0]?.id ?? null)
  const onKeyDown = (event: KeyboardEvent) => {
    const key = arrows[event.key] ?? event.key
    roving.onKeyDown({ ...event, key, preventDefault: () => event.preventDefault() })
  }
  if (inbox.isPending) return <Waiting />
  if (inbox.error && all.length === 0) {
    const retry = () => void inbox.refetch()
    return (
      <ErrorState
        title={t('notifications.failed')}
        text={problemText(inbox.error)}
        onRetry={retry}
      />
    )
  }
  if (all.length === 0) {
    return (
      <EmptyState
        drawing="lantern"
        title={t(unread ? 'notifications.none.unread' : 'notifications.none')}
        text={t('notifications.none.text')}
      />
    )
  }
  return (
    <>
      <ul ref={container} aria-label={t('notifications.title')} onKeyDown={onKeyDown}>
        {all.map((told) => (
          <ActivityRow
            key={told.id}
            told={told}
            tabIndex={roving.tabIndex(told.id)}
            onOpen={() => told.read_at === null && mark.one(told)}
          />
        ))}
      </ul>
      {inbox.hasNextPage && (
        <div className="grid place-items-center pt-4">
          <Button busy={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            {t('notifications.older')}
          </Button>
        </div>
      )}
    </>
  )
}

function Waiting() {
  return (
    <Loading>
      <div className="grid gap-6 px-7 pt-3">
        {[1, 2, 3, 4].map((row) => (
          <div key={row} className="flex items-center gap-3">
            <Skeleton className="size-10 rounded-full" />
            <Skeleton className="h-4 w-64" />
          </div>
        ))}
      </div>
    </Loading>
  )
}

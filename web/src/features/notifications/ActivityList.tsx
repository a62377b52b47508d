import { type KeyboardEvent, useRef } from 'react'
import type { Told } from '@/api/types'
import { problemText } from '@/features/accounts/problem'
import { Button } from '@/ui/Button'
import { dayName, dayOf } from '@/ui/days'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useRoving, withLetters } from '@/ui/useRoving'
import { ActivityRow } from './ActivityRow'
import { type Filter, useActivity, useMarking } from './api'

/** What one was told of, by filter; j and k walk, Enter goes there. */
export function ActivityList({ filter, unread }: { filter: Filter; unread: boolean }) {
  const inbox = useActivity(filter, unread)
  const mark = useMarking()
  const container = useRef<HTMLDivElement>(null)
  const all = inbox.data?.pages.flatMap((page) => page.notifications) ?? []
  const roving = useRoving(container, all[0]?.id ?? null)
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
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows in it take the focus, it hears their keys */}
      <div
        ref={container}
        onKeyDown={(event: KeyboardEvent) => roving.onKeyDown(withLetters(event))}
      >
        {days(all).map(([day, those]) => (
          <section key={day}>
            <h2 className="serif px-2.5 pt-4 pb-1 text-ink-3 text-lead italic">{dayName(day)}</h2>
            <ul aria-label={t('notifications.of', { day: dayName(day) })}>
              {those.map((told) => (
                <ActivityRow
                  key={told.id}
                  told={told}
                  tabIndex={roving.tabIndex(told.id)}
                  onOpen={() => told.read_at === null && mark.one(told)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
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

/** What one was told of by the day it was told. */
function days(all: readonly Told[]): [string, Told[]][] {
  return [...Map.groupBy(all, (told) => dayOf(Date.parse(told.created_at)))]
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

import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { ActivityList } from '@/features/notifications/ActivityList'
import { type Filter, useMarking } from '@/features/notifications/api'
import { DesktopOffer } from '@/features/notifications/DesktopOffer'
import { IconButton } from '@/ui/IconButton'
import { Segmented } from '@/ui/Segmented'
import { Switch } from '@/ui/Switch'
import { type TextId, t } from '@/ui/text'
import { MainSheet } from './MainSheet'
import { usePlaceTitle } from './signs'

const filters: { value: Filter; name: TextId }[] = [
  { value: 'all', name: 'notifications.filter.all' },
  { value: 'mentions', name: 'notifications.filter.mentions' },
  { value: 'replies', name: 'notifications.filter.replies' },
  { value: 'reactions', name: 'notifications.filter.reactions' },
]

/** Everything that was meant for me, in one list. */
export function ActivityPage() {
  const [filter, setFilter] = useState<Filter>('all')
  const [unread, setUnread] = useState(false)
  const mark = useMarking()
  const title = t('notifications.title')
  usePlaceTitle(title)
  return (
    <div className="flex h-full">
      <MainSheet>
        <header className="flex h-[3.75rem] shrink-0 items-center gap-2 pr-3.5 pl-6 phone:h-14 phone:pr-1.5 phone:pl-5">
          <h1 className="serif min-w-0 flex-1 pt-0.5 text-group phone:text-page">{title}</h1>
          <IconButton icon={CheckCheck} label={t('notifications.readAll')} onClick={mark.all} />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto flex min-h-full w-full max-w-[47.5rem] flex-col px-3 pb-8 phone:px-2">
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-2.5 pt-1 pb-3">
              <Segmented
                label={t('notifications.filter')}
                value={filter}
                options={filters.map(({ value, name }) => ({ value, label: t(name) }))}
                onChange={setFilter}
              />
              <span className="flex items-center gap-2.5 text-ink-2 text-small">
                <span aria-hidden>{t('notifications.filter.unread')}</span>
                <Switch
                  label={t('notifications.filter.unread')}
                  checked={unread}
                  onChange={setUnread}
                />
              </span>
            </div>
            <DesktopOffer />
            <div className="flex-1">
              <ActivityList filter={filter} unread={unread} />
            </div>
          </div>
        </div>
      </MainSheet>
    </div>
  )
}

import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useEntity } from '@/api/entities'
import type { Listed } from '@/api/types'
import { problemCode, problemText } from '@/features/accounts/problem'
import { may } from '@/features/groups/rights'
import { SearchField } from '@/features/groups/SearchField'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { useBrowse } from './api'
import { BrowseRow } from './BrowseRow'
import { openChannelDialog } from './dialogs'

/** Every channel of a group one may read: to follow, to leave, to look into. */
export function BrowsePage({ groupId }: { groupId: string }) {
  const group = useEntity('group', groupId)
  const channels = useBrowse(groupId)
  const [wanted, setWanted] = useState('')
  const needle = useDeferredValue(wanted).trim().toLocaleLowerCase()
  const create = () => openChannelDialog({ kind: 'create', groupId, categoryId: null })
  const creating = may(group, 'manage_channels')
  if (channels.error && !channels.data) {
    return (
      <ErrorState
        title={t('channels.browse.failed')}
        text={problemText(channels.error)}
        code={problemCode(channels.error)}
        onRetry={() => void channels.refetch()}
      />
    )
  }
  if (channels.data?.length === 0) {
    return (
      <EmptyState
        drawing="bench"
        title={t('channels.none')}
        text={t(creating ? 'channels.none.text' : 'channels.none.wait')}
        action={
          creating && (
            <Button look="primary" onClick={create}>
              {t('channels.create')}
            </Button>
          )
        }
      />
    )
  }
  return (
    <div className="mx-auto w-full max-w-[45rem] px-4 pt-2 pb-16 tablet:px-6">
      <div className="flex gap-2.5">
        <SearchField
          icon={Search}
          label={t('channels.browse.search')}
          value={wanted}
          onChange={setWanted}
        />
        {creating && (
          <Button onClick={create} className="h-10">
            <Plus size={18} aria-hidden />
            {t('channels.create.short')}
          </Button>
        )}
      </div>
      {channels.data ? <Found channels={channels.data} needle={needle} /> : <BrowseSkeleton />}
    </div>
  )
}

function Found({ channels, needle }: { channels: Listed[]; needle: string }) {
  const found = channels.filter(({ name, topic }) =>
    `${name} ${topic}`.toLocaleLowerCase().includes(needle),
  )
  const living = found.filter(({ archived }) => !archived)
  const archived = found.filter((channel) => channel.archived)
  return (
    <>
      <p role="status" className="mt-5 px-3 text-ink-3 text-small">
        {found.length === 0
          ? t('channels.browse.none', { text: needle })
          : t('channels.browse.count', { count: living.length })}
      </p>
      <Rows label={t('channels.browse')} channels={living} />
      {archived.length > 0 && (
        <section className="mt-8">
          <h2 className="serif px-3 text-section">{t('channels.browse.archived')}</h2>
          <Rows label={t('channels.browse.archived')} channels={archived} />
        </section>
      )}
    </>
  )
}

function Rows({ label, channels }: { label: string; channels: Listed[] }) {
  return (
    <ul aria-label={label} className="mt-1">
      {channels.map((channel) => (
        <BrowseRow key={channel.id} listed={channel} />
      ))}
    </ul>
  )
}

function BrowseSkeleton() {
  return (
    <Loading>
      <div className="mt-11 grid gap-6 px-3">
        {[30, 44, 36, 40, 28].map((width) => (
          <div key={width} style={{ width: `${width}%` }}>
            <Skeleton className="h-4" />
          </div>
        ))}
      </div>
    </Loading>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { BookmarkX } from 'lucide-react'
import { api, unwrap } from '@/api/client'
import { useEntity } from '@/api/entities'
import { takePeople } from '@/api/people'
import type { Message } from '@/api/types'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { setSaved } from './keeping'
import { LoadingRows } from './LoadingRows'
import { MessageCard } from './MessageCard'
import { useSaved } from './saved'

async function fetchSaved(before: string | null) {
  const query = before ? { before } : {}
  const page = await unwrap(api.GET('/api/saved', { params: { query } }))
  takePeople(page.users, 0)
  return page
}

/** What I put aside for later, last first. */
export function SavedPage({ onOpen }: { onOpen(message: Message): void }) {
  const saved = useInfiniteQuery({
    queryKey: ['saved'],
    queryFn: ({ pageParam }) => fetchSaved(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.before,
    refetchOnMount: 'always',
  })
  const all = saved.data?.pages.flatMap(({ messages }) => messages) ?? []
  if (saved.isPending) return <LoadingRows />
  if (saved.error) {
    return (
      <ErrorState
        title={t('messages.saved.failed')}
        text={saved.error.message}
        onRetry={() => void saved.refetch()}
      />
    )
  }
  if (all.length === 0) {
    return (
      <EmptyState
        drawing="bench"
        title={t('messages.saved.empty.title')}
        text={t('messages.saved.empty.text')}
      />
    )
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-8">
      <ul aria-label={t('messages.saved')} className="mx-auto max-w-[52rem] px-3 phone:px-1">
        {all.map((message) => (
          <SavedRow key={message.id} message={message} onOpen={() => onOpen(message)} />
        ))}
      </ul>
      {saved.hasNextPage && (
        <div className="mx-auto max-w-[52rem] px-6 pt-3">
          <Button onClick={() => void saved.fetchNextPage()}>{t('messages.saved.more')}</Button>
        </div>
      )}
    </div>
  )
}

/** One of them; gone when it is let go, here or on another device. */
function SavedRow({ message, onOpen }: { message: Message; onOpen(): void }) {
  const channel = useEntity('channel', message.channel_id)
  const kept = useSaved(message.id)
  if (!kept) return null
  return (
    <MessageCard
      message={message}
      {...(channel ? { place: plainName(channel.name) } : {})}
      onOpen={onOpen}
    >
      <IconButton
        icon={BookmarkX}
        small
        label={t('messages.action.unsave')}
        onClick={() => setSaved(message.id, false)}
        className="mt-1.5 mr-1.5 text-ink-3"
      />
    </MessageCard>
  )
}

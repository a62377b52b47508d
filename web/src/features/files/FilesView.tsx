import { useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { api, unwrap } from '@/api/client'
import { peopleVersion, takePeople } from '@/api/people'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { SearchField } from '@/features/groups/SearchField'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { Select } from '@/ui/Select'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { FileRow } from './FileRow'
import { isShowable, KINDS, type Kind } from './kinds'

const REST_MS = 200

interface Props {
  channelId: string
  /** One goes to where a file was said. */
  onJump(): void
}

/** All files of a place, newest first; by kind and by name. */
export function FilesView({ channelId, onJump }: Props) {
  const [kind, setKind] = useState<Kind | 'all'>('all')
  const [wanted, setWanted] = useState('')
  const name = useRested(useDeferredValue(wanted.trim()))
  const pages = useFiles(channelId, kind, name)
  const files = pages.data?.pages.flatMap((page) => page.files) ?? []
  const shown = files.filter(isShowable)
  const narrowed = kind !== 'all' || name !== ''
  return (
    <div className="flex min-h-full flex-col">
      <div className="mb-3 flex gap-2">
        <SearchField
          icon={Search}
          label={t('files.view.search')}
          value={wanted}
          onChange={setWanted}
        />
        <Select
          label={t('files.view.kind')}
          value={kind}
          options={[
            { value: 'all', label: t('files.kinds.all') },
            ...Object.entries(KINDS).map(([value, { many }]) => ({
              value: value as Kind,
              label: t(many),
            })),
          ]}
          onChange={setKind}
          className="w-32 shrink-0"
        />
      </div>
      {pages.error && <ProblemNotice error={pages.error} />}
      {pages.isPending && <Waiting />}
      {pages.data && files.length === 0 && (
        <div className="grow">
          <EmptyState
            drawing="bench"
            title={t(narrowed ? 'files.view.nothing' : 'files.view.empty')}
            text={t(narrowed ? 'files.view.nothing.text' : 'files.view.empty.text')}
          />
        </div>
      )}
      <ul aria-label={t('files.view')} className="-mx-2">
        {files.map((file) => (
          <FileRow key={file.id} {...{ file, shown, channelId, onJump }} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <More busy={pages.isFetching} onMore={() => void pages.fetchNextPage()} />
      )}
    </div>
  )
}

function useFiles(channelId: string, kind: Kind | 'all', name: string) {
  return useInfiniteQuery({
    queryKey: ['files', channelId, kind, name],
    queryFn: async ({ pageParam, signal }) => {
      const version = peopleVersion()
      const query = {
        limit: 50,
        ...(kind === 'all' ? {} : { kind }),
        ...(name ? { name } : {}),
        ...(pageParam ? { before: pageParam } : {}),
      }
      const params = { path: { channel_id: channelId }, query }
      const page = await unwrap(api.GET('/api/channels/{channel_id}/files', { params, signal }))
      takePeople(page.users, version)
      return page
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.before,
    staleTime: 0,
  })
}

/** The value after it has not changed for a moment. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

/** Goes on by itself when the end of the list comes into sight. */
function More({ busy, onMore }: { busy: boolean; onMore(): void }) {
  const end = useRef<HTMLDivElement>(null)
  const more = useRef(onMore)
  more.current = onMore
  useEffect(() => {
    if (!end.current || busy) return
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current())
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [busy])
  return (
    <div ref={end} className="grid place-items-center pt-3">
      <Button size="small" busy={busy} onClick={onMore}>
        {t('files.view.more')}
      </Button>
    </div>
  )
}

function Waiting() {
  return (
    <Loading>
      <div className="grid gap-4 pt-2">
        {[1, 2, 3, 4, 5].map((row) => (
          <div key={row} className="flex items-center gap-3">
            <Skeleton className="h-[2.625rem] w-[2.125rem]" />
            <Skeleton className="h-4 w-44" />
          </div>
        ))}
      </div>
    </Loading>
  )
}

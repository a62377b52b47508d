import { useEffect, useState } from 'react'
import { useConnection } from '@/api/connection'
import { usePerson } from '@/api/people'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { plainName } from '@/ui/names'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { unblockNow } from '../blocking'
import { loadBlocks, useBlocks } from '../blocks'
import { problemText } from '../problem'

/** Whom one blocks, and the way back. */
export function BlockedPeople() {
  const ids = useBlocks()
  const [problem, setProblem] = useState<unknown>(null)
  const online = useConnection().state === 'online'
  const load = () => {
    setProblem(null)
    loadBlocks().catch(setProblem)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, and when the line is back
  useEffect(load, [online])
  if (ids === null && problem) {
    return (
      <ErrorState title={t('accounts.blocked.failed')} text={problemText(problem)} onRetry={load} />
    )
  }
  if (ids === null) {
    return (
      <Loading>
        <div className="grid gap-3 py-2">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      </Loading>
    )
  }
  if (ids.length === 0) {
    return (
      <EmptyState
        drawing="bench"
        title={t('accounts.blocked.none')}
        text={t('accounts.blocked.none.text')}
      />
    )
  }
  return (
    <>
      <p className="mb-3 text-pretty text-ink-2">{t('accounts.blocked.lead')}</p>
      <ul aria-label={t('accounts.settings.blocked')}>
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </ul>
    </>
  )
}

function Row({ id }: { id: string }) {
  const person = usePerson(id)
  const [busy, setBusy] = useState(false)
  if (!person) return <Skeleton className="my-2 h-12" />
  const name = plainName(person.name)
  const go = async () => {
    setBusy(true)
    await unblockNow({ id, name })
    setBusy(false)
  }
  return (
    <li className="flex min-h-14 items-center gap-3.5 py-2">
      <Avatar person={person} size={36} />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-left font-strong">
          {name}
        </p>
        {person.title && (
          <p dir="auto" className="truncate text-left text-ink-3 text-small">
            {person.title}
          </p>
        )}
      </div>
      <Button
        size="small"
        busy={busy}
        aria-label={t('accounts.unblock.named', { name })}
        onClick={() => void go()}
      >
        {t('accounts.unblock')}
      </Button>
    </li>
  )
}

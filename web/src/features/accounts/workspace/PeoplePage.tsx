import { useDeferredValue, useState } from 'react'
import type { Standing } from '@/api/types'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { problemCode, problemText } from '../problem'
import { AccountRow } from './AccountRow'
import { useAccounts } from './api'

type Wanted = Standing | 'all'

/** Everybody who has an account here, and what can be done about it. */
export function PeoplePage() {
  const [words, setWords] = useState('')
  const [standing, setStanding] = useState<Wanted>('all')
  const needle = useDeferredValue(words.trim())
  return (
    <>
      <p className="mb-4 text-pretty text-ink-2">{t('accounts.people.lead')}</p>
      <div className="flex flex-wrap gap-2.5">
        <Input
          type="search"
          aria-label={t('accounts.people.search')}
          placeholder={t('accounts.people.search')}
          className="h-10 min-w-48 flex-1 pointer-coarse:h-11"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select<Wanted>
          label={t('accounts.people.standing')}
          value={standing}
          onChange={setStanding}
          options={[
            { value: 'all', label: t('accounts.people.all') },
            { value: 'active', label: t('accounts.people.active') },
            { value: 'invited', label: t('accounts.people.invited') },
            { value: 'deactivated', label: t('accounts.people.deactivated') },
          ]}
        />
      </div>
      <Found words={needle} standing={standing === 'all' ? null : standing} />
    </>
  )
}

function Found({ words, standing }: { words: string; standing: Standing | null }) {
  const accounts = useAccounts(words, standing)
  if (accounts.error && !accounts.data) {
    return (
      <ErrorState
        title={t('accounts.people.failed')}
        text={problemText(accounts.error)}
        code={problemCode(accounts.error)}
        onRetry={() => void accounts.refetch()}
      />
    )
  }
  if (!accounts.data) {
    return (
      <Loading>
        <div className="mt-6 grid gap-3">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      </Loading>
    )
  }
  const rows = accounts.data.pages.flatMap((page) => page.accounts)
  const total = accounts.data.pages[0]?.total ?? 0
  return (
    <>
      <p role="status" className="mt-5 text-ink-3 text-small">
        {total === 0 ? t('accounts.people.none') : t('accounts.people.count', { count: total })}
      </p>
      <ul aria-label={t('accounts.settings.people')} className="-mx-2.5 mt-1">
        {rows.map((account) => (
          <AccountRow key={account.user.id} account={account} />
        ))}
      </ul>
      {accounts.hasNextPage && (
        <Button
          className="mt-3"
          busy={accounts.isFetchingNextPage}
          onClick={() => void accounts.fetchNextPage()}
        >
          {t('accounts.people.more')}
        </Button>
      )}
    </>
  )
}

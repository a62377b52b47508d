import type { LicenceState } from '@/api/types'
import { fullDay } from '@/ui/days'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { ProgressBar } from '@/ui/ProgressBar'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { problemCode, problemText } from '../problem'
import { useLicence } from './api'
import { InstallLicence } from './InstallLicence'

/** What the licence covers, how many seats are taken, and the way to another one. */
export function LicencePage() {
  const { data, error, refetch } = useLicence()
  if (error && !data) {
    return (
      <ErrorState
        title={t('accounts.licence.failed')}
        text={problemText(error)}
        code={problemCode(error)}
        onRetry={() => void refetch()}
      />
    )
  }
  if (!data) {
    return (
      <Loading>
        <Skeleton className="h-40" />
      </Loading>
    )
  }
  return (
    <>
      <Stands state={data} />
      <InstallLicence replaces={data.licence !== null} />
    </>
  )
}

function Stands({ state }: { state: LicenceState }) {
  const { licence } = state
  return (
    <section aria-label={t('accounts.licence.stands')}>
      <h2 className="serif text-place">
        {licence ? licence.issued_to : t('accounts.licence.free')}
      </h2>
      <p className="mt-1 text-pretty text-ink-2">
        {licence
          ? t('accounts.licence.covers', { count: licence.seats })
          : t('accounts.licence.free.text')}
      </p>
      <Seats state={state} />
      {licence && (
        <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-small">
          <Fact name={t('accounts.licence.support')} value={fullDay(licence.support_until)} />
          <Fact name={t('accounts.licence.issued')} value={fullDay(licence.issued_on)} />
          <Fact name={t('accounts.licence.id')} value={licence.id} />
        </dl>
      )}
      {licence && !licence.covers_release && (
        <Remark text={t('accounts.licence.past', { day: fullDay(state.released) })} />
      )}
      {state.problem && <Remark text={t('accounts.licence.problem', { text: state.problem })} />}
    </section>
  )
}

function Remark({ text }: { text: string }) {
  return (
    <div className="mt-4">
      <Notice>{text}</Notice>
    </div>
  )
}

function Seats({ state: { seats, seats_used } }: { state: LicenceState }) {
  const words = t('accounts.licence.seats', { used: seats_used, seats })
  return (
    <div className="mt-5">
      <p className="mb-2 font-semibold">{words}</p>
      <ProgressBar label={words} value={Math.min(1, seats_used / seats)} />
      <p className="mt-2 text-pretty text-ink-3 text-small">
        {seats_used >= seats ? t('accounts.licence.full') : t('accounts.licence.seats.text')}
      </p>
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words text-ink-1">{value}</dd>
    </>
  )
}

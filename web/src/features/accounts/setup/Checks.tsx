import { Check, CircleAlert } from 'lucide-react'
import type { components } from '@/api/schema.gen'
import { Spinner } from '@/ui/Spinner'
import { type TextId, t } from '@/ui/text'
import { isOver, useSetupChecks } from '../api'
import { problemText } from '../problem'

type CheckResult = components['schemas']['Check']

const names: Record<CheckResult['name'], TextId> = {
  database: 'accounts.checks.database',
  storage: 'accounts.checks.storage',
  bus: 'accounts.checks.bus',
}

/** What the machine finds out about itself, looked at again every few seconds. */
export function Checks() {
  const { data, error } = useSetupChecks()
  if (!data && isOver(error)) return null
  if (!data) {
    return (
      <p className="flex items-center gap-2.5 text-scene-ink-quiet text-small">
        {error ? <CircleAlert size={16} aria-hidden className="text-rose" /> : <Spinner />}
        {error ? problemText(error) : t('accounts.checks.running')}
      </p>
    )
  }
  return (
    <dl className="grid gap-[9px] text-small leading-5">
      {data.checks.map((check) => (
        <CheckRow key={check.name} check={check} />
      ))}
    </dl>
  )
}

function CheckRow({ check }: { check: CheckResult }) {
  const Icon = check.ok ? Check : CircleAlert
  return (
    <div className="flex gap-2.5">
      <Icon
        size={16}
        aria-hidden
        className={check.ok ? 'mt-0.5 text-scene-good' : 'mt-0.5 text-rose'}
      />
      <dt className="w-[7.375rem] shrink-0 text-scene-ink-quiet">
        {t(names[check.name])}
        <span className="sr-only">
          {t(check.ok ? 'accounts.checks.ok' : 'accounts.checks.bad')}
        </span>
      </dt>
      <dd className="min-w-0 break-words text-scene-ink tabular-nums">{check.detail}</dd>
    </div>
  )
}

import { Laptop, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { endSession } from '@/api/session'
import type { SignedInDevice } from '@/api/types'
import { Tag } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { fullTime, relativeTime } from '@/ui/relativeTime'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useEndAllSessions, useEndSession, useSessions } from '../api'
import { problemCode, problemText } from '../problem'
import { describeDevice } from './device'

/** Where this person is signed in, and how to end it from here. */
export function DeviceSettings() {
  const { data, error, refetch } = useSessions()
  if (error && !data) {
    return (
      <ErrorState
        title={t('accounts.devices.failed')}
        text={problemText(error)}
        code={problemCode(error)}
        onRetry={() => void refetch()}
      />
    )
  }
  return (
    <>
      <p className="mb-3 text-pretty text-ink-2">{t('accounts.devices.lead')}</p>
      {data ? <DeviceList sessions={data} /> : <DeviceSkeleton />}
      <EndAll />
    </>
  )
}

function DeviceList({ sessions }: { sessions: SignedInDevice[] }) {
  const ordered = [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.last_used_at.localeCompare(a.last_used_at),
  )
  return (
    <ul>
      {ordered.map((session) => (
        <DeviceRow key={session.id} session={session} />
      ))}
    </ul>
  )
}

function DeviceRow({ session }: { session: SignedInDevice }) {
  const { browser, system, handheld } = describeDevice(session.user_agent)
  const end = useEndSession()
  const failed = (error: Error) => toast({ text: problemText(error), tone: 'bad' })
  const Icon = handheld ? Smartphone : Laptop
  const name =
    browser && system
      ? t('accounts.devices.name', { browser, system })
      : (browser ?? system ?? t('accounts.devices.unknown'))
  return (
    <li className="flex min-h-16 items-center gap-3.5 py-2">
      <Icon size={22} aria-hidden className="text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{name}</p>
        <p className="text-ink-3 text-small" title={fullTime(session.last_used_at)}>
          {t('accounts.devices.where', {
            address: session.address,
            when: relativeTime(session.last_used_at),
          })}
        </p>
      </div>
      {session.current ? (
        <Tag dot="jade">{t('accounts.devices.current')}</Tag>
      ) : (
        <Button
          size="small"
          busy={end.isPending}
          aria-label={t('accounts.devices.endNamed', { name })}
          onClick={() => end.mutate(session.id, { onError: failed })}
        >
          {t('accounts.signOut')}
        </Button>
      )}
    </li>
  )
}

function EndAll() {
  const [asking, setAsking] = useState(false)
  const endAll = useEndAllSessions()
  const confirm = () =>
    endAll.mutate(undefined, {
      onSuccess: () => void endSession(),
      onError: (error) => toast({ text: problemText(error), tone: 'bad' }),
    })
  return (
    <div className="mt-6">
      <Button look="dangerQuiet" onClick={() => setAsking(true)}>
        {t('accounts.devices.endAll')}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('accounts.devices.endAll.title')}
        description={t('accounts.devices.endAll.text')}
        action={t('accounts.devices.endAll')}
        danger
        busy={endAll.isPending}
        onConfirm={confirm}
      />
    </div>
  )
}

function DeviceSkeleton() {
  return (
    <Loading>
      <div className="grid gap-3 py-2">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    </Loading>
  )
}

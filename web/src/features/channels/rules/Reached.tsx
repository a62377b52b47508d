import { useDeferredValue } from 'react'
import type { Channel, Rule } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { Notice } from '@/ui/Notice'
import { t } from '@/ui/text'
import { useReach } from './api'

/** Whom a change of rules would reach; nothing when there is none. */
export function Reached({ channel, rules }: { channel: Channel; rules: Rule[] | null }) {
  const asked = useDeferredValue(rules)
  const { data: reach, error } = useReach(channel, asked)
  if (!rules) return null
  if (error) return <ProblemNotice error={error} />
  if (!reach) return null
  if (reach.locks_out) return <Notice tone="bad">{t('channels.rules.locksOut')}</Notice>
  const { people, let_in, shut_out, readers, writers } = reach
  return (
    <Notice>
      {t('channels.rules.reach', { people, in: let_in, out: shut_out })}{' '}
      {t('channels.rules.then', { readers, writers })}
    </Notice>
  )
}

import { useState } from 'react'
import type { Channel, Rule } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { FormDialog } from '@/ui/FormDialog'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { closeChannelDialog } from '../dialogs'
import { useRules, useSetRules } from './api'
import { Reached } from './Reached'
import { RuleFields } from './RuleFields'
import { same } from './rules'

/** What a channel allows and denies beyond the roles, and whom a change would reach. */
export function RulesDialog({ channel }: { channel: Channel }) {
  const stored = useRules(channel)
  const [draft, setDraft] = useState<Rule[] | null>(null)
  const save = useSetRules(channel)
  const rules = draft ?? stored.data ?? []
  const changed = stored.data && draft && !same(stored.data, draft) ? draft : null
  const done = () => {
    toast({ text: t('channels.rules.saved', { name: channel.name }), tone: 'good' })
    closeChannelDialog()
  }
  const submit = () => {
    if (changed) save.mutate(changed, { onSuccess: done })
    else closeChannelDialog()
  }
  return (
    <FormDialog
      width="normal"
      title={t('channels.rules.title', { name: channel.name })}
      description={t('channels.rules.text')}
      submit={t('channels.rules.save')}
      busy={save.isPending}
      onSubmit={submit}
      onClose={closeChannelDialog}
    >
      {stored.data && <RuleFields channel={channel} rules={rules} onChange={setDraft} />}
      {stored.isPending && (
        <Loading>
          <Skeleton className="h-64" />
        </Loading>
      )}
      <Reached channel={channel} rules={changed} />
      {(stored.error ?? save.error) && <ProblemNotice error={stored.error ?? save.error} />}
    </FormDialog>
  )
}

import { useState } from 'react'
import { Confirm } from '@/ui/Confirm'
import { plainName } from '@/ui/names'
import { type TextId, t } from '@/ui/text'
import { blockNow, closeBlocking, useBlocking } from './blocking'

const does: TextId[] = [
  'accounts.block.does.write',
  'accounts.block.does.fold',
  'accounts.block.does.here',
]
const leaves: TextId[] = ['accounts.block.leaves.groups', 'accounts.block.leaves.told']

/** Says what a block does and what it leaves before it is made. */
export function BlockDialog() {
  const { asked } = useBlocking()
  const [busy, setBusy] = useState(false)
  if (!asked) return null
  const go = async () => {
    setBusy(true)
    await blockNow(asked)
    setBusy(false)
    closeBlocking()
  }
  return (
    <Confirm
      open
      onOpenChange={closeBlocking}
      title={t('accounts.block.title', { name: plainName(asked.name) })}
      description={t('accounts.block.lead')}
      action={t('accounts.block')}
      danger
      busy={busy}
      onConfirm={() => void go()}
    >
      <Points ids={does} />
      <p className="mt-4 font-strong">{t('accounts.block.leaves')}</p>
      <Points ids={leaves} />
    </Confirm>
  )
}

function Points({ ids }: { ids: TextId[] }) {
  return (
    <ul className="mt-1.5 grid list-disc gap-1.5 pl-5 text-pretty text-ink-2 marker:text-ink-3">
      {ids.map((id) => (
        <li key={id}>{t(id)}</li>
      ))}
    </ul>
  )
}

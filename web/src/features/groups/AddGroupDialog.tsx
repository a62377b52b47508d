import { useState } from 'react'
import { Dialog } from '@/ui/Dialog'
import { Segmented } from '@/ui/Segmented'
import { t } from '@/ui/text'
import { CreateGroupForm } from './CreateGroupForm'
import { closeGroupDialog } from './dialogs'
import { PasteInvite } from './PasteInvite'

/** The plus of the rail: found a group, or enter one with a link. */
export function AddGroupDialog({ onEnter }: { onEnter: (groupId: string) => void }) {
  const [way, setWay] = useState<'create' | 'join'>('create')
  const options = [
    { value: 'create' as const, label: t('groups.add.create') },
    { value: 'join' as const, label: t('groups.add.join') },
  ]
  return (
    <Dialog open onOpenChange={closeGroupDialog} title={t('groups.add.title')} width="narrow">
      <Segmented label={t('groups.add.title')} value={way} options={options} onChange={setWay} />
      <div className="mt-5">
        {way === 'create' ? (
          <CreateGroupForm onEnter={onEnter} />
        ) : (
          <PasteInvite onEnter={onEnter} />
        )}
      </div>
    </Dialog>
  )
}

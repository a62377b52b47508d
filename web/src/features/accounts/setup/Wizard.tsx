import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '@/api/session'
import { t } from '@/ui/text'
import { useTitle } from '@/ui/useTitle'
import { useWorkspace } from '../api'
import { keepDraft, readDraft, type SetupDraft } from './draft'
import { GroupStep } from './GroupStep'
import { InviteStep } from './InviteStep'
import { NameStep } from './NameStep'
import { OwnerStep } from './OwnerStep'
import { SetupFrame } from './SetupFrame'

const steps = { 1: NameStep, 2: OwnerStep, 3: GroupStep, 4: InviteStep }

/** First run: four questions, and the house is open. */
export function Wizard() {
  const [draft, setDraft] = useState(readDraft)
  const workspace = useWorkspace()
  const { state } = useSession()
  useTitle(t('accounts.setup.title'))
  // Set up by someone else, or in another tab: there is nothing to do here.
  const finished = workspace.data?.state === 'ready' && draft.step < 3
  const stranger = draft.step >= 3 && state === 'signed-out'
  if (finished || stranger) return <Navigate to="/" replace />
  const change = (part: Partial<SetupDraft>) => {
    const next = { ...draft, ...part }
    keepDraft(next)
    setDraft(next)
  }
  const Step = steps[draft.step]
  return (
    <SetupFrame step={draft.step}>
      <Step draft={draft} change={change} />
    </SetupFrame>
  )
}

import { reloadPlaces } from '@/api/connection'
import { usePlaces } from '@/api/places'
import { problemCode, problemText } from '@/features/accounts/problem'
import { ErrorState } from '@/ui/ErrorState'
import { t } from '@/ui/text'

/** The list could not be had, and this device keeps none. */
export function NoPlaces() {
  const { problem } = usePlaces()
  return (
    <ErrorState
      title={t('shell.failed')}
      text={problemText(problem)}
      code={problemCode(problem)}
      onRetry={() => void reloadPlaces()}
    />
  )
}

import type { ApiError } from '@/api/client'
import { ErrorState } from '@/ui/ErrorState'
import { t } from '@/ui/text'

/** Why there are no messages to see, and what now. */
export function LoadProblem({ problem, onRetry }: { problem: ApiError; onRetry(): void }) {
  if (problem.status === 404 || problem.status === 403) {
    return (
      <div className="min-h-0 flex-1">
        <ErrorState
          drawing="key"
          title={t('messages.load.gone.title')}
          text={t('messages.load.gone.text')}
          code={problem.ref}
        />
      </div>
    )
  }
  return (
    <div className="min-h-0 flex-1">
      <ErrorState
        title={t('messages.load.failed.title')}
        text={t('messages.load.failed.text')}
        onRetry={onRetry}
        code={problem.ref}
      />
    </div>
  )
}

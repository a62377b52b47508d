import { Notice } from '@/ui/Notice'
import { t } from '@/ui/text'
import { problemCode, problemText } from './problem'

/** A failed request, told at the place where it was made. */
export function ProblemNotice({ error }: { error: unknown }) {
  const code = problemCode(error)
  return (
    <Notice tone="bad">
      {problemText(error)}
      {code && <span className="mt-0.5 block text-ink-3">{t('ui.error.code', { code })}</span>}
    </Notice>
  )
}

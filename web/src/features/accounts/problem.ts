import { ApiError } from '@/api/client'
import { t } from '@/ui/text'

/** What went wrong, in one or two sentences for the person: what happened, what now. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('accounts.problem.unknown')
  if (error.code === 'network') {
    return navigator.onLine ? t('accounts.problem.unreachable') : t('accounts.problem.offline')
  }
  if (error.status >= 500) return t('accounts.problem.server')
  return error.message || t('accounts.problem.unknown')
}

/** What the server says about one field, if it does. */
export function fieldProblem(error: unknown, field: string): string | null {
  return (error instanceof ApiError && error.fields?.[field]) || null
}

/** The code to quote, if there is one. */
export function problemCode(error: unknown): string | null {
  return error instanceof ApiError ? error.ref : null
}

/** The refusal carries no word on a field, so the form as a whole must say it. */
export function isGeneral(error: unknown, fields: string[]): boolean {
  return Boolean(error) && !fields.some((field) => fieldProblem(error, field))
}

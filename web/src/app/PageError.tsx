import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { t } from '@/ui/text'

/** Stands in for a page that broke while it was drawn, or whose code could not be fetched. */
export function PageError({ error }: { error: unknown }) {
  const code = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return (
    <ErrorState
      page
      title={t('app.broken.title')}
      text={t('app.broken.text')}
      code={code.slice(0, 80)}
      action={<Button onClick={() => location.reload()}>{t('app.reload')}</Button>}
    />
  )
}

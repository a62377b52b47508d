import { Link } from '@tanstack/react-router'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { t } from '@/ui/text'
import { useTitle } from '@/ui/useTitle'

/** An address that leads nowhere. */
export function PageNotFound() {
  useTitle(t('app.lost.title'))
  return (
    <EmptyState
      page
      drawing="signpost"
      title={t('app.lost.title')}
      text={t('app.lost.text')}
      action={
        <Button asChild>
          <Link to="/">{t('app.lost.home')}</Link>
        </Button>
      }
    />
  )
}

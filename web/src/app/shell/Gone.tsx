import { Link } from '@tanstack/react-router'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { t } from '@/ui/text'
import { usePlaceTitle } from './signs'

/** A place that is gone or closed to me: both look alike on purpose. */
export function Gone() {
  usePlaceTitle(t('channels.gone.title'))
  return (
    <>
      <h1 className="sr-only">{t('channels.gone.title')}</h1>
      <EmptyState
        drawing="key"
        title={t('channels.gone.title')}
        text={t('channels.gone.text')}
        action={
          <Button asChild>
            <Link to="/">{t('app.lost.home')}</Link>
          </Button>
        }
      />
    </>
  )
}

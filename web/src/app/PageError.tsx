import { useEffect } from 'react'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { t } from '@/ui/text'

const UNFETCHED = /dynamically imported module|importing a module script/i

/** Stands in for a page that broke while it was drawn, or whose code could not be fetched. */
export function PageError({ error }: { error: unknown }) {
  if (error instanceof Error && UNFETCHED.test(error.message)) return <NotHereYet />
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

/** There was no line to fetch it by; when there is one again it comes by itself. */
function NotHereYet() {
  useEffect(() => {
    const again = () => location.reload()
    addEventListener('online', again, { once: true })
    return () => removeEventListener('online', again)
  }, [])
  return (
    <ErrorState
      page
      title={t('app.unfetched.title')}
      text={t('app.unfetched.text')}
      action={<Button onClick={() => location.reload()}>{t('app.reload')}</Button>}
    />
  )
}

import { BellRing } from 'lucide-react'
import { desktopDeclined, turnDesktop, useDesktop } from '@/features/accounts/desktop'
import { Button } from '@/ui/Button'
import { t } from '@/ui/text'

/** Offered once, where one looks for what one missed: to be told while looking elsewhere. */
export function DesktopOffer() {
  const state = useDesktop()
  const declined = desktopDeclined.use()
  if (state !== 'off' || declined) return null
  const decline = () => desktopDeclined.set(true)
  return (
    <section
      aria-label={t('accounts.desktop')}
      className="mx-2.5 mb-3 flex flex-wrap items-center gap-x-4 gap-y-2.5 rounded-card bg-stone-3 px-4 py-3"
    >
      <BellRing size={18} aria-hidden className="text-ink-3" />
      <p className="min-w-48 flex-1 text-pretty text-ink-2">{t('notifications.offer')}</p>
      <span className="flex gap-2 phone:w-full phone:*:flex-1">
        <Button size="small" look="ghost" onClick={decline}>
          {t('notifications.offer.no')}
        </Button>
        <Button size="small" look="raised" onClick={() => void turnDesktop(true).then(decline)}>
          {t('notifications.offer.yes')}
        </Button>
      </span>
    </section>
  )
}

import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { useCounting } from '@/features/notifications/api'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { RailSign } from './RailSign'

/** The way to what one was told of. */
export function RailActivity() {
  const mentions = useCounting()
  const name = t('notifications.title')
  return (
    <Tooltip text={name} side="right">
      <Link
        to="/activity"
        className="relative grid h-10 w-11 shrink-0 place-items-center rounded-card text-ink-3 transition-colors hover:bg-stone-3 hover:text-ink-1"
        activeProps={{ className: 'bg-stone-3 text-ink-1' }}
      >
        <Bell size={22} aria-hidden />
        <span className="sr-only">{name}</span>
        <RailSign
          tally={{ mentions, unread: false }}
          label={t('notifications.count', { count: mentions })}
        />
      </Link>
    </Tooltip>
  )
}

import { Link } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { useTalksTally } from '@/features/channels/tallies'
import { cx } from '@/ui/cx'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { useHere } from './here'
import { RailSign } from './RailSign'

/** The way to my conversations. */
export function RailTalks() {
  const { talks } = useHere()
  const sum = useTalksTally()
  return (
    <Tooltip text={t('channels.talks')} side="right">
      <Link
        to="/dm"
        aria-current={talks ? 'true' : undefined}
        className={cx(
          'relative grid h-10 w-11 shrink-0 place-items-center rounded-card transition-colors hover:bg-stone-3 hover:text-ink-1',
          talks ? 'bg-stone-3 text-ink-1' : 'text-ink-3',
        )}
      >
        <MessagesSquare size={22} aria-hidden />
        <span className="sr-only">{t('channels.talks')}</span>
        {!talks && (
          <RailSign tally={sum} label={t('channels.talk.waiting', { count: sum.mentions })} />
        )}
      </Link>
    </Tooltip>
  )
}

import { ArrowDown, ArrowUp } from 'lucide-react'
import { t } from '@/ui/text'
import { moment } from './dates'

const look =
  'flex h-9 items-center gap-2 rounded-full bg-float px-3.5 text-ink-1 text-small font-strong shadow-float animate-rise hover:bg-stone-4 pointer-coarse:h-11'

/** Up to the first unread message. Without a number when it is further up than what is loaded. */
export function ToUnread(props: { count: number | null; since: number; onClick(): void }) {
  const { count, since, onClick } = props
  return (
    <button
      type="button"
      onClick={onClick}
      className={`${look} -translate-x-1/2 absolute top-3 left-1/2 z-10`}
    >
      <ArrowUp size={16} aria-hidden className="text-marigold-text" />
      {words(count, since)}
    </button>
  )
}

function words(count: number | null, since: number): string {
  if (count !== null) return t('messages.jump.unread', { count })
  // Never read: there is no since.
  if (since <= 0) return t('messages.jump.unread.all')
  return t('messages.jump.unread.since', { since: moment(since) })
}

/** Down to the newest message, and how many came meanwhile. */
export function ToPresent({ count, onClick }: { count: number; onClick(): void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={t('messages.jump.present')}
      className={`${look} absolute right-6 bottom-3 z-10 phone:right-4`}
    >
      {count > 0 && <span>{t('messages.jump.new', { count })}</span>}
      <ArrowDown
        size={16}
        aria-hidden
        className={count > 0 ? 'text-marigold-text' : 'text-ink-2'}
      />
    </button>
  )
}

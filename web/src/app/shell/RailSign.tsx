import type { Tally } from '@/features/channels/unread'
import { CountBadge, UnreadDot } from '@/ui/Badge'
import { t } from '@/ui/text'

/** A number needs me, a dot does not. */
export function RailSign({ tally, label }: { tally: Tally | undefined; label: string }) {
  if (tally && tally.mentions > 0) {
    return (
      <span className="absolute -top-[3px] -right-1 grid rounded-full shadow-[0_0_0_3px_var(--ground)]">
        <CountBadge small count={tally.mentions} label={label} />
      </span>
    )
  }
  if (!tally?.unread) return null
  return (
    <span className="absolute -top-px right-0.5 rounded-full shadow-[0_0_0_3px_var(--ground)]">
      <UnreadDot label={t('channels.unread')} />
    </span>
  )
}

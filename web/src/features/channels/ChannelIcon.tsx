import { Archive, Lock, MessageCircle } from 'lucide-react'
import type { Channel } from '@/api/types'
import { t } from '@/ui/text'

interface Props {
  channel: Pick<Channel, 'archived' | 'private'>
  size?: number
  className?: string
}

/** What kind of place this is: open to the group, only for some, or put away. */
export function ChannelIcon({ channel, size = 18, className }: Props) {
  if (channel.archived) {
    return (
      <Archive size={size} role="img" aria-label={t('channels.archived')} className={className} />
    )
  }
  if (channel.private) {
    return <Lock size={size} role="img" aria-label={t('channels.private')} className={className} />
  }
  return <MessageCircle size={size} aria-hidden className={className} />
}

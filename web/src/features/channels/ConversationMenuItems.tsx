import { CheckCheck, Link2, X } from 'lucide-react'
import type { Channel } from '@/api/types'
import { BlockItem } from '@/features/accounts/BlockItem'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { t } from '@/ui/text'
import { copyLink } from './ChannelMenuItems'
import { useTalk } from './conversations'
import { ChannelHearing } from './HearingItems'

interface Props {
  channel: Channel
  onMarkRead: (channelId: string) => void
  onClose: (channelId: string) => void
}

/** Everything one can do with a conversation; the same in the row's menu and in the header's. */
export function ConversationMenuItems({ channel, onMarkRead, onClose }: Props) {
  const { others } = useTalk(channel)
  const only = others.length === 1 && channel.people?.length === 2 ? others[0] : undefined
  return (
    <>
      <MenuItem icon={CheckCheck} onSelect={() => onMarkRead(channel.id)}>
        {t('channels.markRead')}
      </MenuItem>
      <MenuItem icon={Link2} onSelect={() => void copyLink(channel.id)}>
        {t('channels.copyLink')}
      </MenuItem>
      {channel.followed && <ChannelHearing channel={channel} />}
      {(only || channel.followed) && <MenuSeparator />}
      {only && <BlockItem user={only} />}
      {channel.followed && (
        <MenuItem icon={X} onSelect={() => onClose(channel.id)}>
          {t('channels.talk.close')}
        </MenuItem>
      )}
    </>
  )
}

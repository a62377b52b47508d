import {
  Archive,
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  BellMinus,
  CheckCheck,
  FolderInput,
  Link2,
  Lock,
  LockOpen,
  Pencil,
  Plus,
  Shield,
  TextQuote,
  UserMinus,
  UserPlus,
} from 'lucide-react'
import { entities } from '@/api/entities'
import type { Channel, Group } from '@/api/types'
import { complain } from '@/features/groups/complain'
import { may } from '@/features/groups/rights'
import { MenuItem, MenuSeparator, MenuSub } from '@/ui/Menu'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { archiveChannel, follow, setDefault, unfollow } from './api'
import { arrange } from './arrange'
import { openChannelDialog } from './dialogs'
import { ChannelHearing } from './HearingItems'
import { inSidebar, moveChannel, sectionsOf, stepTarget, type Target } from './tree'

interface Props {
  channel: Channel
  group: Group
  onMarkRead: (channelId: string) => void
}

/** Everything one can do with a channel; the same in the row's menu and in the header's. */
export function ChannelMenuItems({ channel, group, onMarkRead }: Props) {
  return (
    <>
      <MenuItem icon={CheckCheck} onSelect={() => onMarkRead(channel.id)}>
        {t('channels.markRead')}
      </MenuItem>
      <MenuItem icon={Link2} onSelect={() => void copyLink(channel.id)}>
        {t('channels.copyLink')}
      </MenuItem>
      {channel.followed ? <Following channel={channel} /> : <FollowItem channel={channel} />}
      {may(group, 'manage_channels') && <Managing channel={channel} />}
    </>
  )
}

/** The address of a channel, copied. */
export async function copyLink(channelId: string): Promise<void> {
  await navigator.clipboard.writeText(`${location.origin}/c/${channelId}`)
  toast({ text: t('channels.copied'), tone: 'good' })
}

function Following({ channel }: { channel: Channel }) {
  return (
    <>
      <ChannelHearing channel={channel} />
      <MenuItem icon={BellMinus} onSelect={() => void unfollow(channel.id)}>
        {t('channels.unfollow')}
      </MenuItem>
    </>
  )
}

function FollowItem({ channel }: { channel: Channel }) {
  return (
    <MenuItem icon={Plus} onSelect={() => void follow(channel.id)}>
      {t('channels.follow')}
    </MenuItem>
  )
}

function Managing({ channel }: { channel: Channel }) {
  const open = (kind: 'rename' | 'topic' | 'archive' | 'private' | 'rules') => () =>
    openChannelDialog({ kind, channelId: channel.id })
  return (
    <>
      <MenuSeparator />
      <MenuItem icon={Pencil} onSelect={open('rename')}>
        {t('channels.rename')}
      </MenuItem>
      <MenuItem icon={TextQuote} onSelect={open('topic')}>
        {t('channels.topic.set')}
      </MenuItem>
      <MenuItem icon={channel.private ? LockOpen : Lock} onSelect={open('private')}>
        {t(channel.private ? 'channels.open' : 'channels.close')}
      </MenuItem>
      <MenuItem icon={Shield} onSelect={open('rules')}>
        {t('channels.rules')}
      </MenuItem>
      <MenuItem icon={channel.default ? UserMinus : UserPlus} onSelect={() => void offer(channel)}>
        {t(channel.default ? 'channels.default.end' : 'channels.default')}
      </MenuItem>
      {channel.archived ? (
        <MenuItem
          icon={ArchiveRestore}
          onSelect={() => void archiveChannel(channel.id, false).catch(complain)}
        >
          {t('channels.unarchive')}
        </MenuItem>
      ) : (
        <MenuItem icon={Archive} onSelect={open('archive')}>
          {t('channels.archive')}
        </MenuItem>
      )}
      <Moving channel={channel} />
    </>
  )
}

async function offer(channel: Channel): Promise<void> {
  try {
    await setDefault(channel.id, !channel.default)
    const text = channel.default ? 'channels.default.ended' : 'channels.default.done'
    toast({ text: t(text, { name: channel.name }), tone: 'good' })
  } catch (error) {
    complain(error)
  }
}

function Moving({ channel }: { channel: Channel }) {
  const groupId = channel.group_id
  if (!groupId || !channel.followed) return null
  const shown = inSidebar(entities.all('channel'), channel.id)
  const sections = sectionsOf(entities.all('category'), shown, groupId)
  const move = (target: Target) => () =>
    void arrange(groupId, (all) => moveChannel(all, channel.id, target))
  const up = stepTarget(sections, channel.id, -1)
  const down = stepTarget(sections, channel.id, 1)
  const elsewhere = sections.filter(({ channels }) => !channels.some(({ id }) => id === channel.id))
  return (
    <>
      {(up || down) && <MenuSeparator />}
      {up && (
        <MenuItem icon={ArrowUp} onSelect={move(up)}>
          {t('channels.moveUp')}
        </MenuItem>
      )}
      {down && (
        <MenuItem icon={ArrowDown} onSelect={move(down)}>
          {t('channels.moveDown')}
        </MenuItem>
      )}
      {elsewhere.length > 0 && (
        <MenuSub icon={FolderInput} label={t('channels.moveTo')}>
          {elsewhere.map(({ category }) => (
            <MenuItem
              key={category?.id ?? ''}
              onSelect={move({ categoryId: category?.id ?? null, beforeId: null })}
            >
              <span dir="auto">{category?.name ?? t('channels.list.top')}</span>
            </MenuItem>
          ))}
        </MenuSub>
      )}
    </>
  )
}

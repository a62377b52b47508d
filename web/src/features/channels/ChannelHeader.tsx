import { ArrowLeft, Ellipsis, PanelLeft, PanelRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Channel, Group } from '@/api/types'
import { AvatarStack } from '@/ui/AvatarStack'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { ChannelIcon } from './ChannelIcon'
import { ChannelMenuItems } from './ChannelMenuItems'
import { usePeople } from './people'

interface Props {
  channel: Channel
  group: Group
  /** The panel with people and details. */
  panel: { open: boolean; toggle: () => void; keys?: string }
  /** The list beside the sheet; gone on a phone, where there is a way back instead. */
  list: { hidden: boolean; show: () => void; keys?: string }
  onBack: () => void
  onMarkRead: (channelId: string) => void
}

/** The head of a place: what it is, who is in it, what one can do with it. */
export function ChannelHeader({ channel, group, panel, list, onBack, onMarkRead }: Props) {
  return (
    <header className="flex h-[3.75rem] shrink-0 items-center gap-2.5 pr-3.5 pl-6 phone:h-[3.25rem] phone:gap-0.5 phone:pr-1.5 phone:pl-1">
      <IconButton
        icon={ArrowLeft}
        label={t('channels.back')}
        onClick={onBack}
        className="size-11 tablet:hidden"
      />
      {list.hidden && (
        <IconButton
          icon={PanelLeft}
          label={t('channels.list.show')}
          {...(list.keys ? { keys: list.keys } : {})}
          onClick={list.show}
          className="-ml-3 phone:hidden"
        />
      )}
      <Title channel={channel} />
      <People channel={channel} open={panel.open} onOpen={panel.toggle} />
      <Menu trigger={<IconButton icon={Ellipsis} label={t('channels.more')} />}>
        <ChannelMenuItems channel={channel} group={group} onMarkRead={onMarkRead} />
      </Menu>
      <IconButton
        icon={PanelRight}
        label={t('channels.panel')}
        {...(panel.keys ? { keys: panel.keys } : {})}
        aria-expanded={panel.open}
        on={panel.open}
        onClick={panel.toggle}
        className="phone:hidden"
      />
    </header>
  )
}

function Title({ channel }: { channel: Channel }) {
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2.5 phone:flex-col phone:items-start phone:gap-0">
      <span className="phone:hidden">
        <ChannelIcon channel={channel} className="text-ink-3" />
      </span>
      <h1
        dir="auto"
        className="serif min-w-0 shrink-0 truncate pt-0.5 text-place max-tablet:max-w-full tablet:max-w-[60%] phone:pt-0 phone:leading-6"
      >
        {channel.name}
      </h1>
      {channel.topic && (
        <Tooltip text={channel.topic} side="bottom">
          <p
            dir="auto"
            className="min-w-0 truncate pt-[3px] text-ink-3 text-small tablet:pl-1.5 phone:max-w-full phone:pt-0 phone:leading-4"
          >
            {channel.topic}
          </p>
        </Tooltip>
      )}
    </div>
  )
}

function People(props: { channel: Channel; open: boolean; onOpen: () => void }): ReactNode {
  const { data } = usePeople(props.channel)
  const first = data?.pages[0]
  if (!first) return null
  const label = t('channels.people.count', { count: first.total })
  return (
    <Tooltip text={label} side="bottom">
      <button
        type="button"
        aria-label={label}
        aria-expanded={props.open}
        onClick={props.onOpen}
        className={cx(
          'flex h-9 shrink-0 items-center gap-2 rounded-row px-2 transition-colors hover:bg-stone-3 phone:h-11',
        )}
      >
        <span aria-hidden className="phone:hidden">
          <AvatarStack people={first.members.slice(0, 3).map(({ user }) => user)} />
        </span>
        <span aria-hidden className="tablet:hidden">
          <AvatarStack people={first.members.slice(0, 2).map(({ user }) => user)} />
        </span>
        <span aria-hidden className="text-ink-3 text-small tabular-nums phone:hidden">
          {first.total}
        </span>
      </button>
    </Tooltip>
  )
}

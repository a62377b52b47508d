import { Bell, BellOff, BellRing } from 'lucide-react'
import type { Channel, Group } from '@/api/types'
import { MenuChoice, MenuItem, MenuLabel, MenuSub } from '@/ui/Menu'
import { t } from '@/ui/text'
import { type Hearing, hearChannel, hearGroup } from './hearing'
import { levels } from './levels'
import { mutes, muteText } from './mutes'

const USUAL = 'usual'
type Choice = 'all' | 'mentions' | 'nothing' | typeof USUAL

/** How much one hears of a channel, and for how long nothing. */
export function ChannelHearing({ channel }: { channel: Channel }) {
  const hear = (change: Partial<Hearing>) => void hearChannel(channel.id, change)
  const usual = channel.group_id ? [{ value: USUAL, label: t('channels.level.usual') }] : []
  return <Items subject={channel} options={[...usual, ...levels()] as Option[]} onChange={hear} />
}

/** How much one hears of the channels of a group. */
export function GroupHearing({ group }: { group: Group }) {
  const hear = (change: Partial<Hearing>) => void hearGroup(group.id, change)
  return <Items subject={group} options={levels()} onChange={hear} />
}

type Option = { value: Choice; label: string; hint?: string }

interface Props {
  subject: Hearing & Partial<Pick<Channel, 'group_id'>>
  options: Option[]
  onChange: (change: Partial<Hearing>) => void
}

function Items({ subject, options, onChange }: Props) {
  const { level, muted_until } = subject
  const muted = muted_until !== null && Date.parse(muted_until) > Date.now()
  const shown = level ?? (options.some(({ value }) => value === USUAL) ? USUAL : 'mentions')
  return (
    <>
      <MenuSub icon={Bell} label={t('channels.level')}>
        <MenuChoice<Choice>
          value={shown}
          options={options}
          onChange={(next) => onChange({ level: next === USUAL ? null : next })}
        />
      </MenuSub>
      {muted ? (
        <>
          <MenuItem icon={BellRing} onSelect={() => onChange({ muted_until: null })}>
            {t('channels.unmute')}
          </MenuItem>
          <MenuLabel>{muteText(muted_until)}</MenuLabel>
        </>
      ) : (
        <MenuSub icon={BellOff} label={t('channels.mute')}>
          {mutes.map(({ name, until }) => (
            <MenuItem
              key={name}
              onSelect={() => onChange({ muted_until: until(new Date()).toISOString() })}
            >
              {t(name)}
            </MenuItem>
          ))}
        </MenuSub>
      )}
    </>
  )
}

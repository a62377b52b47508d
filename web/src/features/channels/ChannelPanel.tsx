import { Pencil, Search, UserPlus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Channel, Group } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { may } from '@/features/groups/rights'
import { SearchField } from '@/features/groups/SearchField'
import { useAllPages } from '@/features/groups/useAllPages'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Segmented } from '@/ui/Segmented'
import { Loading, Skeleton } from '@/ui/Skeleton'
import { t } from '@/ui/text'
import { ChannelIcon } from './ChannelIcon'
import { openChannelDialog } from './dialogs'
import { hearChannel, useHearing } from './hearing'
import { levels } from './levels'
import { PersonRow } from './PersonRow'
import { usePeople } from './people'
import { isMuted, levelOf } from './unread'

const MANY = 12

interface Props {
  channel: Channel
  group: Group
  /** The list of what is pinned. */
  pinned: ReactNode
  onClose: () => void
  /** What people brought here. */
  files: ReactNode
}

type Side = 'about' | 'files'

/** What a place is about, how much I hear of it, and who is in it. */
export function ChannelPanel({ channel, group, onClose, files, pinned }: Props) {
  const [side, setSide] = useState<Side>('about')
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-[3.75rem] shrink-0 items-center gap-2.5 pr-3.5 pl-5 phone:h-[3.25rem] phone:pr-1.5 phone:pl-4">
        <ChannelIcon channel={channel} className="text-ink-3" />
        <h2 dir="auto" className="serif min-w-0 flex-1 truncate pt-0.5 text-place">
          {channel.name}
        </h2>
        <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
      </header>
      <div className="px-5 pb-3 phone:px-4">
        <Segmented<Side>
          label={t('channels.panel')}
          value={side}
          options={[
            { value: 'about', label: t('channels.panel.about') },
            { value: 'files', label: t('channels.panel.files') },
          ]}
          onChange={setSide}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-6 phone:px-4">
        {side === 'files' ? (
          files
        ) : (
          <>
            <About channel={channel} group={group} />
            {channel.followed && <Hearing channel={channel} />}
            {pinned}
            <PeopleOf channel={channel} managing={may(group, 'manage_channels')} />
          </>
        )}
      </div>
    </div>
  )
}

function About({ channel, group }: { channel: Channel; group: Group }) {
  const managing = may(group, 'manage_channels')
  return (
    <section className="group/about flex items-start gap-2">
      <p dir="auto" className="min-w-0 flex-1 text-pretty break-words py-1 text-ink-2">
        {channel.topic || <span className="text-ink-3">{t('channels.topic.none')}</span>}
      </p>
      {managing && (
        <IconButton
          icon={Pencil}
          small
          label={t('channels.topic.set')}
          onClick={() => openChannelDialog({ kind: 'topic', channelId: channel.id })}
          className="text-ink-3"
        />
      )}
    </section>
  )
}

const USUAL = 'usual'

function Hearing({ channel }: { channel: Channel }) {
  useHearing()
  const usual = { value: USUAL, label: t('channels.level.usual.short'), hint: '' } as const
  const options = [usual, ...levels()]
  const heard = levels().find(({ value }) => value === levelOf(channel))
  const muted = isMuted(channel) && levelOf(channel) !== 'nothing'
  return (
    <section className="mt-6">
      <h3 className="serif text-section">{t('channels.level')}</h3>
      <div className="mt-2">
        <Segmented
          label={t('channels.level')}
          value={channel.level ?? USUAL}
          options={options.map(({ value, label }) => ({ value, label }))}
          onChange={(next) => void hearChannel(channel.id, { level: next === USUAL ? null : next })}
        />
      </div>
      <p className="mt-2 text-ink-3 text-small">{muted ? t('channels.muted.hint') : heard?.hint}</p>
    </section>
  )
}

function PeopleOf({ channel, managing }: { channel: Channel; managing: boolean }) {
  const people = usePeople(channel)
  useAllPages(people)
  const [wanted, setWanted] = useState('')
  const all = people.data?.pages.flatMap((page) => page.members) ?? []
  const total = people.data?.pages[0]?.total ?? 0
  const needle = wanted.trim().toLocaleLowerCase()
  const found = all.filter(({ user }) => user.name.toLocaleLowerCase().includes(needle))
  const letting = managing && channel.private
  return (
    <section className="mt-7">
      <div className="mb-2 flex h-8 items-center gap-2">
        <h3 className="serif flex-1 text-section">
          {t('channels.people')} <span className="text-ink-3 tabular-nums">{total || ''}</span>
        </h3>
        {letting && (
          <Button
            size="small"
            onClick={() => openChannelDialog({ kind: 'letIn', channelId: channel.id })}
          >
            <UserPlus size={16} aria-hidden />
            {t('channels.letIn')}
          </Button>
        )}
      </div>
      <p className="mb-2 text-ink-3 text-small">
        {t(channel.private ? 'channels.people.private' : 'channels.people.open')}
      </p>
      {total > MANY && (
        <div className="mb-2 flex">
          <SearchField
            icon={Search}
            label={t('channels.people.search')}
            value={wanted}
            onChange={setWanted}
          />
        </div>
      )}
      {people.error && <ProblemNotice error={people.error} />}
      {people.isPending && <PeopleSkeleton />}
      <ul aria-label={t('channels.people')} className="-mx-2">
        {found.map((person) => (
          <PersonRow key={person.user.id} person={person} channel={channel} removable={letting} />
        ))}
      </ul>
    </section>
  )
}

function PeopleSkeleton() {
  return (
    <Loading>
      <div className="grid gap-3.5 pt-2">
        {[1, 2, 3, 4].map((row) => (
          <div key={row} className="flex items-center gap-3">
            <Skeleton className="size-8 rounded-full" />
            <Skeleton className="h-4 w-36" />
          </div>
        ))}
      </div>
    </Loading>
  )
}

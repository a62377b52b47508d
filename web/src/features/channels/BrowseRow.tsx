import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useEntity } from '@/api/entities'
import type { Listed } from '@/api/types'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { follow, takeChannel, unfollow } from './api'
import { ChannelIcon } from './ChannelIcon'

/** One channel under Browse. */
export function BrowseRow({ listed }: { listed: Listed }) {
  // What I follow is known live; the rest is as the list said.
  const known = useEntity('channel', listed.id)
  const channel = known ?? listed
  const followed = known ? known.followed : listed.followed
  return (
    <li className="relative flex min-h-14 items-center gap-3.5 rounded-card px-3 transition-colors hover:bg-stone-3">
      <ChannelIcon channel={channel} className="text-ink-3" />
      <div className="min-w-0 flex-1 py-2">
        <p className="truncate">
          <Link
            to="/c/$channelId"
            params={{ channelId: listed.id }}
            search={{}}
            dir="auto"
            className="font-strong after:absolute after:inset-0 after:rounded-card"
          >
            {channel.name}
          </Link>
          <span className="ml-2.5 text-ink-3 text-small tabular-nums">
            {t('channels.browse.people', { count: listed.followers })}
          </span>
        </p>
        {channel.topic && (
          <p dir="auto" className="truncate text-left text-ink-3 text-small">
            {channel.topic}
          </p>
        )}
      </div>
      <FollowButton listed={listed} followed={followed} />
    </li>
  )
}

function FollowButton({ listed, followed }: { listed: Listed; followed: boolean }) {
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const toggle = async () => {
    setBusy(true)
    takeChannel(listed)
    await (followed ? unfollow(listed.id) : follow(listed.id))
    await client.invalidateQueries({ queryKey: ['group', listed.group_id, 'channels'] })
    setBusy(false)
  }
  return (
    <Button
      look={followed ? 'ghost' : 'raised'}
      size="small"
      busy={busy}
      aria-label={t(followed ? 'channels.unfollow.named' : 'channels.follow.named', {
        name: listed.name,
      })}
      onClick={() => void toggle()}
      className={cx('relative', followed && 'font-book text-ink-3')}
    >
      {t(followed ? 'channels.unfollow' : 'channels.follow')}
    </Button>
  )
}

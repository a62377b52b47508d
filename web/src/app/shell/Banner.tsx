import { useState } from 'react'
import type { Channel, Group } from '@/api/types'
import { archiveChannel, follow } from '@/features/channels/api'
import { complain } from '@/features/groups/complain'
import { may } from '@/features/groups/rights'
import { Button } from '@/ui/Button'
import { t } from '@/ui/text'

/** Why one cannot write here, or that one is only looking in; with the way out, if there is one. */
export function Banner({ channel, group }: { channel: Channel; group: Group }) {
  if (group.archived) return <Strip text={t('channels.banner.groupArchived')} />
  if (channel.archived) {
    // The foot of the conversation says so to everyone; here is the way back for those who have it.
    if (!may(group, 'manage_channels')) return null
    const restore = { label: t('channels.unarchive'), run: () => archiveChannel(channel.id, false) }
    return <Strip text={t('channels.banner.archived')} action={restore} />
  }
  if (channel.followed) return null
  const action = { label: t('channels.follow'), run: () => follow(channel.id) }
  return <Strip text={t('channels.banner.follow')} action={action} />
}

interface StripProps {
  text: string
  action?: { label: string; run: () => Promise<void> } | undefined
}

function Strip({ text, action }: StripProps) {
  const [busy, setBusy] = useState(false)
  const act = () => {
    setBusy(true)
    action
      ?.run()
      .catch(complain)
      .finally(() => setBusy(false))
  }
  return (
    <div
      role="status"
      data-strip
      className="mx-auto w-full max-w-[52rem] shrink-0 px-6 pb-1 phone:px-3"
    >
      <div className="flex min-h-11 items-center gap-3 rounded-card bg-stone-3 py-1.5 pr-1.5 pl-3.5 text-ink-2 text-small">
        <p className="min-w-0 flex-1">{text}</p>
        {action && (
          <Button look="raised" size="small" busy={busy} onClick={act}>
            {action.label}
          </Button>
        )}
      </div>
    </div>
  )
}

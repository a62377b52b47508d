import { useState } from 'react'
import type { Channel } from '@/api/types'
import { complain } from '@/features/groups/complain'
import { Confirm } from '@/ui/Confirm'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { archiveChannel, useSetPrivate } from './api'
import { closeChannelDialog } from './dialogs'

/** Asks before a channel is put away, and offers to undo it. */
export function ArchiveChannel({ channel }: { channel: Channel }) {
  const [busy, setBusy] = useState(false)
  const back = () => void archiveChannel(channel.id, false).catch(complain)
  const go = async () => {
    setBusy(true)
    try {
      await archiveChannel(channel.id, true)
      toast({
        text: t('channels.archive.done', { name: channel.name }),
        action: { label: t('channels.undo'), run: back },
      })
      closeChannelDialog()
    } catch (error) {
      complain(error)
      setBusy(false)
    }
  }
  return (
    <Confirm
      open
      onOpenChange={closeChannelDialog}
      title={t('channels.archive.title', { name: channel.name })}
      description={t('channels.archive.text')}
      action={t('channels.archive')}
      busy={busy}
      onConfirm={() => void go()}
    />
  )
}

/** Says whom it reaches before a channel is closed or opened. */
export function PrivateChannel({ channel }: { channel: Channel }) {
  const change = useSetPrivate(channel.id)
  const opening = channel.private
  return (
    <Confirm
      open
      onOpenChange={closeChannelDialog}
      title={t(opening ? 'channels.open.title' : 'channels.close.title', { name: channel.name })}
      description={t(opening ? 'channels.open.text' : 'channels.close.text')}
      action={t(opening ? 'channels.open' : 'channels.close')}
      busy={change.isPending}
      onConfirm={() =>
        change.mutate(!opening, { onSuccess: closeChannelDialog, onError: complain })
      }
    />
  )
}

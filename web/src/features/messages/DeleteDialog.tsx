import { ApiError } from '@/api/client'
import { Confirm } from '@/ui/Confirm'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { deleteMessage } from './api'

/** Asks once, in words; then the message is gone from the screen at once. */
export function DeleteDialog({ id, onClose }: { id: string | null; onClose(): void }) {
  const remove = () => {
    onClose()
    if (id) void attempt(id)
  }
  return (
    <Confirm
      open={id !== null}
      onOpenChange={(open) => open || onClose()}
      title={t('messages.delete.title')}
      description={t('messages.delete.text')}
      action={t('messages.delete.action')}
      danger
      onConfirm={remove}
    />
  )
}

async function attempt(id: string): Promise<void> {
  try {
    await deleteMessage(id)
  } catch (problem) {
    const reason = problem instanceof ApiError ? problem.message : ''
    toast({ text: t('messages.delete.failed', { reason }), tone: 'bad' })
  }
}

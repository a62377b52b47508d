import { useEntity } from '@/api/entities'
import { useSession } from '@/api/session'
import { Confirm } from '@/ui/Confirm'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useLeaveGroup } from './api'
import { complain } from './complain'
import { closeGroupDialog } from './dialogs'

/** Asks once before somebody leaves a group. */
export function LeaveGroup({ groupId, onLeft }: { groupId: string; onLeft: () => void }) {
  const group = useEntity('group', groupId)
  const { me } = useSession()
  const leave = useLeaveGroup()
  if (!group || !me) return null
  const done = () => {
    toast({ text: t('groups.left', { name: group.name }) })
    onLeft()
  }
  return (
    <Confirm
      open
      onOpenChange={closeGroupDialog}
      title={t('groups.leave.title', { name: group.name })}
      description={t('groups.leave.text')}
      action={t('groups.leave')}
      danger
      busy={leave.isPending}
      onConfirm={() => leave.mutate({ groupId, me: me.id }, { onSuccess: done, onError: complain })}
    />
  )
}

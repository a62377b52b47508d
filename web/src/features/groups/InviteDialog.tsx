import { useEntity } from '@/api/entities'
import { Dialog } from '@/ui/Dialog'
import { t } from '@/ui/text'
import { closeGroupDialog } from './dialogs'
import { InviteForm } from './InviteForm'
import { InviteList } from './InviteList'

/** A link for colleagues, and the links that are still good. */
export function InviteDialog({ groupId }: { groupId: string }) {
  const group = useEntity('group', groupId)
  if (!group) return null
  return (
    <Dialog
      open
      onOpenChange={closeGroupDialog}
      title={t('groups.invite.title', { name: group.name })}
      description={t('groups.invite.lead')}
    >
      <InviteForm groupId={groupId} />
      <InviteList groupId={groupId} />
    </Dialog>
  )
}

import { AddGroupDialog } from './AddGroupDialog'
import { closeGroupDialog, useGroupDialog } from './dialogs'
import { InviteDialog } from './InviteDialog'
import { LeaveGroup } from './LeaveGroup'

interface Props {
  /** Where to go with a group that is new here. */
  onEnter: (groupId: string) => void
  /** Where to go after leaving one. */
  onLeft: () => void
}

/** Whatever dialog of the groups is open. */
export function GroupDialogs({ onEnter, onLeft }: Props) {
  const { open } = useGroupDialog()
  const enter = (groupId: string) => {
    closeGroupDialog()
    onEnter(groupId)
  }
  const left = () => {
    closeGroupDialog()
    onLeft()
  }
  if (open?.kind === 'add') return <AddGroupDialog onEnter={enter} />
  if (open?.kind === 'invite') return <InviteDialog groupId={open.groupId} />
  if (open?.kind === 'leave') return <LeaveGroup groupId={open.groupId} onLeft={left} />
  return null
}

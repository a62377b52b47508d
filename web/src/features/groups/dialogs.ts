import { create } from 'zustand'

/** What of the groups lies over the page. */
export type GroupDialog =
  | { kind: 'add' }
  | { kind: 'invite'; groupId: string }
  | { kind: 'leave'; groupId: string }

/** The open dialog of this slice, if any. */
export const useGroupDialog = create<{ open: GroupDialog | null }>(() => ({ open: null }))

/** Opens a dialog of this slice from anywhere: a menu, the palette, an empty page. */
export function openGroupDialog(dialog: GroupDialog): void {
  useGroupDialog.setState({ open: dialog })
}

/** Closes it. */
export function closeGroupDialog(): void {
  useGroupDialog.setState({ open: null })
}

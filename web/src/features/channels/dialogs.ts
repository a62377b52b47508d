import { create } from 'zustand'

/** What of the channels lies over the page. */
export type ChannelDialog =
  | { kind: 'create'; groupId: string; categoryId: string | null }
  | { kind: 'rename' | 'topic' | 'archive' | 'private' | 'letIn' | 'rules'; channelId: string }
  | { kind: 'talk' }
  | { kind: 'createCategory'; groupId: string }
  | { kind: 'renameCategory' | 'deleteCategory'; categoryId: string }

/** The open dialog of this slice, if any. */
export const useChannelDialog = create<{ open: ChannelDialog | null }>(() => ({ open: null }))

/** Opens a dialog of this slice from anywhere: a menu, the palette, an empty page. */
export function openChannelDialog(dialog: ChannelDialog): void {
  useChannelDialog.setState({ open: dialog })
}

/** Closes it. */
export function closeChannelDialog(): void {
  useChannelDialog.setState({ open: null })
}

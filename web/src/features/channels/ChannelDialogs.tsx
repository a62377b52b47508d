import { lazy, Suspense } from 'react'
import { useEntity } from '@/api/entities'
import { CategoryDialog, DeleteCategory } from './CategoryDialogs'
import { ArchiveChannel, PrivateChannel } from './ChannelConfirms'
import { ChannelTextDialog } from './ChannelTextDialog'
import { CreateChannelDialog } from './CreateChannelDialog'
import { useChannelDialog } from './dialogs'
import { LetInDialog } from './LetInDialog'
import { NewTalkDialog } from './NewTalkDialog'

const RulesDialog = lazy(async () => {
  const { RulesDialog } = await import('./rules/RulesDialog')
  return { default: RulesDialog }
})

/** Whatever dialog of the channels is open. */
export function ChannelDialogs({ onOpen }: { onOpen: (channelId: string) => void }) {
  const { open } = useChannelDialog()
  const channel = useEntity('channel', open && 'channelId' in open ? open.channelId : null)
  const category = useEntity('category', open && 'categoryId' in open ? open.categoryId : null)
  if (!open) return null
  if (open.kind === 'create') {
    return (
      <CreateChannelDialog groupId={open.groupId} categoryId={open.categoryId} onOpen={onOpen} />
    )
  }
  if (open.kind === 'talk') return <NewTalkDialog onOpen={onOpen} />
  if (open.kind === 'createCategory') return <CategoryDialog groupId={open.groupId} />
  if (category && open.kind === 'renameCategory') {
    return <CategoryDialog groupId={category.group_id} category={category} />
  }
  if (category && open.kind === 'deleteCategory') return <DeleteCategory category={category} />
  if (!channel) return null
  if (open.kind === 'archive') return <ArchiveChannel channel={channel} />
  if (open.kind === 'private') return <PrivateChannel channel={channel} />
  if (open.kind === 'letIn') return <LetInDialog channel={channel} />
  if (open.kind === 'rules') {
    return (
      <Suspense>
        <RulesDialog channel={channel} />
      </Suspense>
    )
  }
  if (open.kind === 'rename') return <ChannelTextDialog channel={channel} field="name" />
  if (open.kind === 'topic') return <ChannelTextDialog channel={channel} field="topic" />
  return null
}

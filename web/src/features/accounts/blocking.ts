import { create } from 'zustand'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { block, unblock } from './blocks'
import { problemText } from './problem'

interface Subject {
  id: string
  name: string
}

/** Whom one is about to block, if anybody. */
export const useBlocking = create<{ asked: Subject | null }>(() => ({ asked: null }))

/** Asks before somebody is blocked. */
export function askToBlock({ id, name }: Subject): void {
  useBlocking.setState({ asked: { id, name } })
}

/** Puts the question away. */
export function closeBlocking(): void {
  useBlocking.setState({ asked: null })
}

/** Blocks, says so, and offers to take it back. */
export async function blockNow(person: Subject): Promise<void> {
  try {
    await block(person.id)
    toast({
      text: t('accounts.block.done', { name: person.name }),
      action: { label: t('accounts.block.undo'), run: () => void unblockNow(person) },
    })
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
}

/** Takes a block back and says so. */
export async function unblockNow(person: Subject): Promise<void> {
  try {
    await unblock(person.id)
    toast({ text: t('accounts.unblock.done', { name: person.name }) })
  } catch (error) {
    toast({ text: problemText(error), tone: 'bad' })
  }
}

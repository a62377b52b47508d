import { Ban, UserCheck } from 'lucide-react'
import type { User } from '@/api/types'
import { MenuItem } from '@/ui/Menu'
import { t } from '@/ui/text'
import { askToBlock, unblockNow } from './blocking'
import { useBlocked } from './blocks'

/** Blocks a person after asking, or takes the block back; for any menu about them. */
export function BlockItem({ user }: { user: Pick<User, 'id' | 'name'> }) {
  const blocked = useBlocked(user.id)
  if (blocked) {
    return (
      <MenuItem icon={UserCheck} onSelect={() => void unblockNow(user)}>
        {t('accounts.unblock')}
      </MenuItem>
    )
  }
  return (
    // After the menu is gone, so that the question finds the focus free.
    <MenuItem icon={Ban} danger onSelect={() => setTimeout(() => askToBlock(user))}>
      {t('accounts.block')}
    </MenuItem>
  )
}

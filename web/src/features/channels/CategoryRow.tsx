import { ChevronDown, Pencil, Plus, Trash2 } from 'lucide-react'
import type { ComponentProps, PointerEvent } from 'react'
import type { Category } from '@/api/types'
import { cx } from '@/ui/cx'
import { IconButton } from '@/ui/IconButton'
import { ContextMenu, MenuItem } from '@/ui/Menu'
import { t } from '@/ui/text'
import type { Drag } from '@/ui/useDragSort'
import { heldStyle } from './ChannelRow'
import { openChannelDialog } from './dialogs'
import { toggleFold, useFolded } from './folded'

interface Props {
  category: Category
  /** I may change the list. */
  arranging: boolean
  drag: Drag | null
  onGrab: ((event: PointerEvent) => void) | undefined
}

/** A heading: folds what stands under it; the plus makes a channel there. */
export function CategoryRow({ category, arranging, drag, onGrab }: Props) {
  const held = drag?.id === category.id ? drag : null
  const { id } = category
  const heading = <FoldButton category={category} />
  return (
    <div
      data-sort={id}
      onPointerDown={onGrab}
      style={held ? heldStyle(held) : undefined}
      className={cx(
        'group/category mt-4 flex h-7 items-center pr-1.5',
        held && 'pointer-events-none relative z-20 rounded-row bg-float shadow-float',
      )}
    >
      {arranging ? (
        <ContextMenu trigger={heading}>
          <MenuItem
            icon={Plus}
            onSelect={() =>
              openChannelDialog({ kind: 'create', groupId: category.group_id, categoryId: id })
            }
          >
            {t('channels.create')}
          </MenuItem>
          <MenuItem
            icon={Pencil}
            onSelect={() => openChannelDialog({ kind: 'renameCategory', categoryId: id })}
          >
            {t('channels.category.rename')}
          </MenuItem>
          <MenuItem
            icon={Trash2}
            danger
            onSelect={() => openChannelDialog({ kind: 'deleteCategory', categoryId: id })}
          >
            {t('channels.category.delete')}
          </MenuItem>
        </ContextMenu>
      ) : (
        heading
      )}
      {arranging && (
        <IconButton
          icon={Plus}
          small
          label={t('channels.create.in', { name: category.name })}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() =>
            openChannelDialog({ kind: 'create', groupId: category.group_id, categoryId: id })
          }
          className="size-7 text-ink-3 opacity-0 transition-opacity focus-visible:opacity-100 group-hover/category:opacity-100 group-focus-within/category:opacity-100 phone:opacity-100 pointer-coarse:opacity-100"
        />
      )}
    </div>
  )
}

function FoldButton({ category, ...rest }: { category: Category } & ComponentProps<'button'>) {
  const folded = useFolded().includes(category.id)
  return (
    <button
      {...rest}
      type="button"
      aria-expanded={!folded}
      data-row={category.id}
      onClick={() => toggleFold(category.id)}
      className="flex h-full min-w-0 flex-1 select-none items-center gap-1 rounded-control px-2.5 font-strong text-ink-3 text-tiny transition-colors hover:text-ink-2 phone:px-3 phone:text-small pointer-coarse:min-h-11"
    >
      <span dir="auto" className="min-w-0 truncate">
        {category.name}
      </span>
      <ChevronDown
        size={14}
        aria-hidden
        className={cx(
          'transition-[rotate,opacity]',
          folded
            ? '-rotate-90'
            : 'opacity-0 group-focus-within/category:opacity-100 group-hover/category:opacity-100',
        )}
      />
    </button>
  )
}

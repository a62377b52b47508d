import { Ellipsis } from 'lucide-react'
import { Fragment } from 'react'
import type { Message } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { Sheet } from '@/ui/Sheet'
import { Tooltip } from '@/ui/Tooltip'
import { t } from '@/ui/text'
import { type Action, actionsFor } from './actions'
import { useTalk } from './context'
import { react, recentEmoji, trio } from './reactions'

const IN_BAR = ['react', 'thread']

/** What one can do with the message under the pointer, or the one with the focus. */
export function ActionBar({ message }: { message: Message }) {
  const actions = actionsFor(message, useTalk())
  if (actions.length === 0) return null
  return (
    <div
      role="toolbar"
      aria-label={t('messages.actions')}
      className="absolute -top-[17px] right-2.5 z-10 flex h-[2.125rem] items-center rounded-[9px] bg-float p-0.5 shadow-float phone:hidden"
    >
      <Trio message={message} />
      {actions
        .filter(({ name }) => IN_BAR.includes(name))
        .map((action) => (
          <IconButton
            key={action.name}
            icon={action.icon}
            label={t(action.label)}
            keys={action.key}
            small
            onClick={action.run}
          />
        ))}
      <Menu trigger={<IconButton icon={Ellipsis} label={t('messages.more')} small />}>
        {actions.map((action) => (
          <Fragment key={action.name}>
            {action.danger && <MenuSeparator />}
            <MenuItem
              icon={action.icon}
              keys={action.key}
              danger={action.danger ?? false}
              // After the menu is gone, so that what opens now finds the focus free.
              onSelect={() => setTimeout(action.run)}
            >
              {t(action.label)}
            </MenuItem>
          </Fragment>
        ))}
      </Menu>
    </div>
  )
}

/** The emoji I used last, given with one click. */
function Trio({ message, large }: { message: Message; large?: (() => void) | undefined }) {
  const { me, writes } = useTalk()
  const recent = recentEmoji.use()
  if (!writes) return null
  return trio(recent).map((emoji) => {
    const mine = message.reactions.some((one) => one.emoji === emoji && one.users.includes(me))
    const label = t(mine ? 'messages.reaction.takeBack' : 'messages.reaction.give', { emoji })
    return (
      <Tooltip key={emoji} text={label}>
        <button
          type="button"
          aria-label={label}
          aria-pressed={mine}
          onClick={() => {
            large?.()
            void react(message.id, emoji, me)
          }}
          className={
            large
              ? 'grid h-12 flex-1 place-items-center rounded-card bg-stone-3 text-[1.375rem] leading-none active:bg-stone-4 aria-pressed:bg-marigold-wash'
              : 'grid size-[1.875rem] place-items-center rounded-control text-[1.0625rem] leading-none hover:bg-stone-4 aria-pressed:bg-marigold-wash'
          }
        >
          {emoji}
        </button>
      </Tooltip>
    )
  })
}

interface SheetProps {
  message: Message | undefined
  onClose(): void
}

/** The same for fingers: a sheet from the foot of the screen. */
export function ActionSheet({ message, onClose }: SheetProps) {
  const actions = useActions(message)
  const choose = (action: Action) => {
    onClose()
    action.run()
  }
  return (
    <Sheet
      open={message !== undefined}
      onOpenChange={(open) => open || onClose()}
      title={t('messages.actions')}
    >
      <div className="overflow-y-auto p-2 pb-4">
        {message && !message.deleted && (
          <div className="flex gap-2 p-1.5 pb-2.5">
            <Trio message={message} large={onClose} />
          </div>
        )}
        {actions.map((action) => (
          <button
            key={action.name}
            type="button"
            onClick={() => choose(action)}
            className={`flex min-h-12 w-full items-center gap-3.5 rounded-row px-3.5 text-left text-lead hover:bg-stone-3 active:bg-stone-4 ${
              action.danger ? 'text-rose' : 'text-ink-1'
            }`}
          >
            <action.icon size={18} aria-hidden />
            {t(action.label)}
          </button>
        ))}
      </div>
    </Sheet>
  )
}

function useActions(message: Message | undefined): Action[] {
  const talk = useTalk()
  return message ? actionsFor(message, talk) : []
}

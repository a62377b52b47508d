import type { Message } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { Sheet } from '@/ui/Sheet'
import { t } from '@/ui/text'
import { type Action, actionsFor } from './actions'
import { useTalk } from './context'

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
      {actions.map((action) => (
        <IconButton
          key={action.name}
          icon={action.icon}
          label={t(action.label)}
          keys={action.key}
          small
          onClick={action.run}
        />
      ))}
    </div>
  )
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
      <div className="p-2 pb-4">
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

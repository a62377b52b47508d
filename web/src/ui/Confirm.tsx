import { AlertDialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { focusBack } from './focusBack'
import { t } from './text'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** What happens, and whether it can be undone. */
  description: string
  /** The verb. */
  action: string
  danger?: boolean
  busy?: boolean
  onConfirm: () => void
  /** What more there is to know first. */
  children?: ReactNode
}

/** Asks once before something that is hard to take back. */
export function Confirm(props: Props) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Radix.Content
          onCloseAutoFocus={focusBack}
          className="fixed z-30 max-h-[90dvh] overflow-y-auto float-surface p-6 outline-none phone:inset-x-0 phone:bottom-0 phone:animate-slide-up phone:rounded-t-sheet phone:px-4 phone:pb-[calc(1.5rem+env(safe-area-inset-bottom))] tablet:inset-x-0 tablet:top-[18dvh] tablet:max-h-[76dvh] tablet:mx-auto tablet:w-[26rem] tablet:animate-rise tablet:rounded-sheet"
        >
          <Radix.Title className="serif text-group">{props.title}</Radix.Title>
          <Radix.Description className="mt-2 text-ink-2">{props.description}</Radix.Description>
          {props.children && <div className="mt-3">{props.children}</div>}
          <div className="mt-6 flex justify-end gap-3.5 phone:*:flex-1">
            <Radix.Cancel asChild>
              <Button look="ghost">{t('ui.cancel')}</Button>
            </Radix.Cancel>
            <Button
              look={props.danger ? 'danger' : 'primary'}
              busy={props.busy ?? false}
              onClick={props.onConfirm}
            >
              {props.action}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { focusBack } from './focusBack'
import { focusFirst } from './focusFirst'
import { IconButton } from './IconButton'
import { t } from './text'

const widths = {
  narrow: 'tablet:w-[26rem]',
  normal: 'tablet:w-[32.5rem]',
  wide: 'tablet:w-[45rem]',
}

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  width?: keyof typeof widths
  /** Only words, perhaps more than fit: Tab reaches them, so that the arrow keys scroll. */
  reading?: boolean
  /** The buttons, main one last. */
  actions?: ReactNode
  /** Where the focus lands; the first field when not said. */
  onOpenAutoFocus?: (event: Event) => void
  children?: ReactNode
}

/** One thing to settle before going on. In the middle of a desk, at the foot of a phone. */
export function Dialog(props: Props) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Radix.Content
          {...(props.description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={props.onOpenAutoFocus ?? focusFirst}
          onCloseAutoFocus={focusBack}
          className={cx(
            'fixed z-30 flex max-h-[90dvh] flex-col float-surface outline-none',
            'phone:inset-x-0 phone:bottom-0 phone:animate-slide-up phone:rounded-t-sheet phone:pb-[env(safe-area-inset-bottom)]',
            'tablet:inset-x-0 tablet:top-[12dvh] tablet:mx-auto tablet:max-h-[76dvh] tablet:max-w-[calc(100vw-2rem)] tablet:animate-rise tablet:rounded-sheet',
            widths[props.width ?? 'normal'],
          )}
        >
          <DialogHead title={props.title} description={props.description} />
          <div
            {...(props.reading ? { tabIndex: 0 } : {})}
            className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto px-6 pt-4 pb-6 phone:px-4"
          >
            {props.children}
          </div>
          {props.actions && (
            <div className="flex items-center justify-end gap-2.5 px-6 pb-5 phone:px-4 phone:*:flex-1">
              {props.actions}
            </div>
          )}
          {/* Last, so that the focus begins in the first field; Esc does the same anyway. */}
          <Radix.Close asChild>
            <IconButton
              icon={X}
              label={t('ui.close')}
              keys="escape"
              className="absolute top-4 right-4"
            />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function DialogHead({ title, description }: { title: string; description?: ReactNode }) {
  return (
    <header className="pt-6 pr-14 pl-6 phone:pl-4">
      <Radix.Title dir="auto" className="serif text-group">
        {title}
      </Radix.Title>
      {description && (
        <Radix.Description className="mt-1 text-ink-2">{description}</Radix.Description>
      )}
    </header>
  )
}

import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { focusFirst } from './focusFirst'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Read out; the sheet shows its own heading. */
  title: string
  children: ReactNode
}

/** A panel that lies over the page: from the right on a desk, from the foot on a phone. */
export function Sheet({ open, onOpenChange, title, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirst}
          className="sheet-surface fixed z-30 flex flex-col overflow-hidden shadow-float outline-none phone:inset-x-0 phone:bottom-0 phone:max-h-[92dvh] phone:animate-slide-up phone:rounded-t-sheet phone:pb-[env(safe-area-inset-bottom)] tablet:inset-y-2 tablet:right-2 tablet:w-96 tablet:animate-slide-in tablet:rounded-sheet"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

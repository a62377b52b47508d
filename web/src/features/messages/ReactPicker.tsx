import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
import { Sheet } from '@/ui/Sheet'
import { t } from '@/ui/text'
import { useMedia, widths } from '@/ui/useMedia'
import { EmojiPicker } from './EmojiPicker'
import { react } from './reactions'

interface Props {
  /** The message to react to. */
  id: string
  me: string
  /** The row it stands at. */
  anchor: RefObject<HTMLElement | null>
  onClose(): void
}

/** The choice of an emoji for a message: beside it, on a phone from the foot of the screen. */
export function ReactPicker({ id, me, anchor, onClose }: Props) {
  const phone = useMedia(widths.phone)
  const picker = (
    <EmojiPicker
      onPick={(emoji) => {
        onClose()
        void react(id, emoji, me)
      }}
    />
  )
  const label = t('messages.action.react')
  if (phone) {
    return (
      <Sheet open onOpenChange={(open) => open || onClose()} title={label}>
        {picker}
      </Sheet>
    )
  }
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align="end"
          alignOffset={10}
          side="bottom"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            anchor.current?.focus({ preventScroll: true })
          }}
          className="z-40 animate-rise overflow-hidden rounded-menu float-surface outline-none"
        >
          {picker}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

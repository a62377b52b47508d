import { Ban } from 'lucide-react'
import type { MouseEvent } from 'react'
import { t } from '@/ui/text'
import { openHushed } from './hushed'

// The button goes with the press: its row keeps the focus.
function turn(event: MouseEvent<HTMLElement>, id: string, open: boolean): void {
  event.currentTarget.closest<HTMLElement>('[data-row]')?.focus({ preventScroll: true })
  openHushed(id, open)
}

const link =
  'relative font-medium text-ink-2 before:absolute before:-inset-x-2 before:-inset-y-2.5 hover:text-ink-1 hover:underline'

/** What stands where somebody blocked said something. */
export function Hushed({ id }: { id: string }) {
  return (
    <>
      <span aria-hidden className="grid h-6 place-items-center text-ink-3">
        <Ban size={16} />
      </span>
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-3 text-ink-3 text-small leading-6">
        {t('messages.hushed')}
        <button type="button" className={link} onClick={(event) => turn(event, id, true)}>
          {t('messages.hushed.show')}
        </button>
      </p>
    </>
  )
}

/** Under what was opened: the way back. */
export function HushAgain({ id }: { id: string }) {
  return (
    <button
      type="button"
      className={`${link} text-small`}
      onClick={(event) => turn(event, id, false)}
    >
      {t('messages.hushed.hide')}
    </button>
  )
}

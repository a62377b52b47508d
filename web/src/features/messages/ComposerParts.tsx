import { ArrowUp } from 'lucide-react'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { Spinner } from '@/ui/Spinner'
import { t } from '@/ui/text'

interface GoProps {
  held: boolean
  ready: boolean
  onSend(): void
  onBack(): void
}

/** Sends what was written, or takes back what waits for its files. */
export function Go({ held, ready, onSend, onBack }: GoProps) {
  return held ? <Held onClick={onBack} /> : <SendButton ready={ready} onClick={onSend} />
}

function SendButton({ ready, onClick }: { ready: boolean; onClick(): void }) {
  return (
    <button
      type="button"
      aria-label={t('messages.send')}
      aria-disabled={!ready}
      onClick={onClick}
      // The field keeps the focus, and with it the keyboard of a phone.
      onMouseDown={(event) => event.preventDefault()}
      className={cx(
        'touch-target grid size-9 shrink-0 place-items-center rounded-[9px] transition-colors',
        ready
          ? 'bg-marigold text-on-marigold hover:bg-marigold-hover'
          : 'cursor-default bg-stone-4 text-ink-3',
      )}
    >
      <ArrowUp size={18} aria-hidden />
    </button>
  )
}

/** What is said waits for its files; a press takes it back into the field. */
function Held({ onClick }: { onClick(): void }) {
  return (
    <Button look="raised" onClick={onClick} onMouseDown={(event) => event.preventDefault()}>
      <Spinner />
      <span role="status">{t('messages.send.held')}</span>
      <span className="sr-only">{t('messages.send.back')}</span>
    </Button>
  )
}

/** How many characters are left, or too many. */
export function Left({ count }: { count: number }) {
  const over = count < 0
  return (
    <output
      className={cx('self-center px-2 text-tiny tabular-nums', over ? 'text-rose' : 'text-ink-3')}
    >
      {over
        ? t('messages.composer.over', { over: -count })
        : t('messages.composer.left', { left: count })}
    </output>
  )
}

import { ArrowUp } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import { draftOf, keepDraft } from '@/api/drafts'
import type { With } from '@/api/outbox'
import { outbox } from '@/api/unsent'
import { doneTyping, tellTyping } from '@/features/presence/typing'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { COUNT_FROM, LONGEST, lengthOf } from './limits'
import { useGrowing } from './useGrowing'

interface Props {
  channelId: string
  /** The channel's name; null for a conversation without one. */
  name: string | null
  field: RefObject<HTMLTextAreaElement | null>
  onSent(): void
  /** ↑ in an empty field: change what I said last. */
  onEditLast(): void
  /** The thread one writes in: it has a draft of its own, and nobody is told that one types. */
  thread?: string
  /** What goes with the words. */
  more?: With
  /** What stands above the field, inside its frame. */
  above?: ReactNode
  /** What stands under the field, inside its frame. */
  foot?: ReactNode
}

/** With fingers Enter makes a new line: the keyboard has no Shift to hold. */
const touch = () => matchMedia('(pointer: coarse)').matches

/** Where one writes. A plain field that grows; what is in it stays with the channel. */
export function Composer(props: Props) {
  const { channelId, name, field, onSent, onEditLast, thread, more, above, foot } = props
  const draft = thread ? `${channelId}/${thread}` : channelId
  const [text, setText] = useDraft(draft)
  const length = lengthOf(text)
  const ready = text.trim() !== '' && length <= LONGEST
  useGrowing(field, text, Math.round(innerHeight * 0.4))
  const send = () => {
    if (!ready) return
    outbox.add(channelId, text.trim(), more)
    doneTyping(channelId)
    setText('')
    onSent()
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault()
      onEditLast()
    }
    if (event.key !== 'Enter' || event.shiftKey || touch()) return
    event.preventDefault()
    send()
  }
  useCaret(draft, field)
  const change = (next: string) => {
    setText(next)
    if (next.trim() !== '' && !thread) tellTyping(channelId)
  }
  const placeholder = thread
    ? t('messages.thread.placeholder')
    : name
      ? t('messages.composer.placeholder', { name: plainName(name) })
      : t('messages.composer.placeholder.bare')
  return (
    <div className="min-h-[3.125rem] rounded-composer bg-stone-3 p-[7px] pl-4 pointer-coarse:p-[3px] pointer-coarse:pl-4 has-[textarea:focus-visible]:outline-[1.5px] has-[textarea:focus-visible]:outline-field-focus">
      {above}
      <div className="flex items-end gap-0.5">
        <textarea
          ref={field}
          value={text}
          rows={1}
          dir="auto"
          enterKeyHint={touch() ? 'enter' : 'send'}
          aria-label={placeholder}
          placeholder={placeholder}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 resize-none overflow-hidden placeholder-shown:whitespace-nowrap placeholder-shown:[mask-image:linear-gradient(to_right,black_calc(100%-1.5rem),transparent)] bg-transparent py-1.5 pr-1.5 pointer-coarse:py-2.5 text-message outline-none"
        />
        {length > COUNT_FROM && <Left count={LONGEST - length} />}
        <SendButton ready={ready} onClick={send} />
      </div>
      {foot}
    </div>
  )
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

function Left({ count }: { count: number }) {
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

/** A draft goes on at its end. Fingers put the caret themselves. */
function useCaret(channelId: string, field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const end = draftOf(channelId).length
    if (end > 0 && !touch()) field.current?.setSelectionRange(end, end)
  }, [channelId, field])
}

/** The text being written, kept per channel also over a reload. */
function useDraft(channelId: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => draftOf(channelId))
  const shown = useRef(channelId)
  useEffect(() => {
    if (shown.current === channelId) return
    shown.current = channelId
    setText(draftOf(channelId))
  }, [channelId])
  const change = (next: string) => {
    setText(next)
    keepDraft(channelId, next)
  }
  return [text, change]
}

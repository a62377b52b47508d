import { ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from 'react'
import { draftOf, keepDraft } from '@/api/drafts'
import type { With } from '@/api/outbox'
import { outbox } from '@/api/unsent'
import { AddFiles } from '@/features/files/AddFiles'
import { pasteFiles } from '@/features/files/add'
import { DraftFiles } from '@/features/files/DraftFiles'
import { uploads } from '@/features/files/here'
import { useAttachments, useHeld } from '@/features/files/uploads'
import { doneTyping, tellTyping } from '@/features/presence/typing'
import { Button } from '@/ui/Button'
import { cx } from '@/ui/cx'
import { plainName } from '@/ui/names'
import { Spinner } from '@/ui/Spinner'
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
  const files = useAttachments(uploads, draft)
  const held = useHeld(uploads, draft)
  const [text, setText] = useDraft(draft, held)
  const length = lengthOf(text)
  const ready = (text.trim() !== '' || files.length > 0) && length <= LONGEST
  useGrowing(field, text, Math.round(innerHeight * 0.4))
  const send = () => {
    if (held || !ready) return
    sendWithFiles({ channelId, draft, more }, text.trim(), () => {
      setText('')
      onSent()
    })
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
    <div className="rounded-composer bg-stone-3 p-[7px] pointer-coarse:p-[3px] has-[textarea:focus-visible]:outline-[1.5px] has-[textarea:focus-visible]:outline-field-focus">
      {above}
      <DraftFiles place={draft} />
      <div className="flex min-h-9 items-end gap-1">
        <AddFiles place={draft} disabled={held} />
        <textarea
          ref={field}
          value={text}
          rows={1}
          dir="auto"
          readOnly={held}
          enterKeyHint={touch() ? 'enter' : 'send'}
          aria-label={placeholder}
          placeholder={placeholder}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => held || pasteFiles(draft, event)}
          className="min-w-0 flex-1 resize-none overflow-hidden placeholder-shown:whitespace-nowrap placeholder-shown:[mask-image:linear-gradient(to_right,black_calc(100%-1.5rem),transparent)] bg-transparent py-1.5 pr-1.5 pointer-coarse:py-2.5 text-message outline-none"
        />
        {length > COUNT_FROM && <Left count={LONGEST - length} />}
        {held ? (
          <Held onClick={() => uploads.release(draft)} />
        ) : (
          <SendButton ready={ready} onClick={send} />
        )}
      </div>
      {foot}
    </div>
  )
}

interface Where {
  channelId: string
  /** Where text and files wait: the channel, or a thread in it. */
  draft: string
  more: With | undefined
}

/** Says it as soon as its files are there: at once when there are none. */
function sendWithFiles({ channelId, draft, more }: Where, text: string, onSent: () => void): void {
  uploads.whenReady(draft, (files) => {
    if (files.length > 0) {
      outbox.add(channelId, text, { ...more, file_ids: files.map(({ id }) => id) }, files)
    } else if (text) {
      outbox.add(channelId, text, more)
    }
    doneTyping(channelId)
    onSent()
  })
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

/** The text being written, kept per channel also over a reload. What waited for files is gone then. */
function useDraft(channelId: string, held: boolean): [string, (text: string) => void] {
  const [text, setText] = useState(() => draftOf(channelId))
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the wait is over
  useEffect(() => setText(draftOf(channelId)), [channelId, held])
  const change = (next: string) => {
    setText(next)
    keepDraft(channelId, next)
  }
  return [text, change]
}

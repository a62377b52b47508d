import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react'
import type { With } from '@/api/outbox'
import { outbox } from '@/api/unsent'
import { AddFiles } from '@/features/files/AddFiles'
import { pasteFiles } from '@/features/files/add'
import { DraftFiles } from '@/features/files/DraftFiles'
import { uploads } from '@/features/files/here'
import { useAttachments, useHeld } from '@/features/files/uploads'
import { doneTyping, tellTyping } from '@/features/presence/typing'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { Go, Left } from './ComposerParts'
import { useTalk } from './context'
import { CallNotes } from './LazyCallNotes'
import { COUNT_FROM, LONGEST, lengthOf } from './limits'
import { NOTHING, type Shown } from './shown'
import { useAsking } from './useAsking'
import { useCaret, useDraft } from './useDraft'
import { useGrowing } from './useGrowing'
import { useNamedField } from './useNamedField'

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
  const { channelId, field, above, foot } = props
  const { draft, held, shown, markdown, length, ready, change, release, send, asking } =
    useWriting(props)
  const { line } = useTalk()
  const frame = useRef<HTMLDivElement>(null)
  const naming = useNamedField({ channelId, line, field, frame, shown, change })
  const placeholder = placeholderOf(props)
  useGrowing(field, shown.text, Math.round(innerHeight * 0.4))
  useCaret(draft, field, touch)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || naming.onKey(event)) return
    if (event.key === 'ArrowUp' && shown.text === '') {
      event.preventDefault()
      props.onEditLast()
    }
    if (event.key !== 'Enter' || event.shiftKey || touch()) return
    event.preventDefault()
    send()
  }
  return (
    <div
      ref={frame}
      className="relative rounded-composer bg-stone-3 p-[7px] pointer-coarse:p-[3px] has-[textarea:focus-visible]:outline-[1.5px] has-[textarea:focus-visible]:outline-field-focus"
    >
      {naming.list}
      {above}
      <CallNotes channelId={channelId} shown={shown} markdown={markdown} />
      <DraftFiles place={draft} />
      <div className="flex min-h-9 items-end gap-1">
        <AddFiles place={draft} disabled={held} />
        <textarea
          {...naming.props}
          ref={field}
          value={shown.text}
          rows={1}
          dir="auto"
          readOnly={held}
          enterKeyHint={touch() ? 'enter' : 'send'}
          aria-label={placeholder}
          placeholder={placeholder}
          onBlur={() => {
            naming.props.onBlur()
            release()
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => held || pasteFiles(draft, event)}
          className="min-w-0 flex-1 resize-none overflow-hidden placeholder-shown:whitespace-nowrap placeholder-shown:[mask-image:linear-gradient(to_right,black_calc(100%-1.5rem),transparent)] bg-transparent py-1.5 pr-1.5 pointer-coarse:py-2.5 text-message outline-none"
        />
        {length > COUNT_FROM && <Left count={LONGEST - length} />}
        <Go {...{ held, ready }} onSend={send} onBack={() => uploads.release(draft)} />
      </div>
      {foot}
      {asking}
    </div>
  )
}

function placeholderOf({ thread, name }: Props): string {
  if (thread) return t('messages.thread.placeholder')
  if (!name) return t('messages.composer.placeholder.bare')
  return t('messages.composer.placeholder', { name: plainName(name) })
}

/** What is being written, and the way it goes out. It knows no field, so any can stand before it. */
function useWriting({ channelId, thread, more, field, onSent }: Props) {
  const draft = thread ? `${channelId}/${thread}` : channelId
  const files = useAttachments(uploads, draft)
  const held = useHeld(uploads, draft)
  const { shown, markdown, change, release } = useDraft(draft, held)
  const { ask, dialog } = useAsking(channelId)
  const length = lengthOf(markdown)
  const ready = (markdown.trim() !== '' || files.length > 0) && length <= LONGEST
  const send = () => {
    if (held || !ready) return
    ask(markdown, () =>
      sendWithFiles({ channelId, draft, more }, markdown.trim(), () => {
        change(NOTHING)
        release()
        onSent()
      }),
    )
    field.current?.focus()
  }
  const write = (next: Shown) => {
    change(next)
    if (next.text.trim() !== '' && !thread) tellTyping(channelId)
  }
  return {
    draft,
    held,
    shown,
    markdown,
    length,
    ready,
    change: write,
    release,
    send,
    asking: dialog,
  }
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

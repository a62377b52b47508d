import { Type } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react'
import type { With } from '@/api/outbox'
import { outbox } from '@/api/unsent'
import { AddFiles } from '@/features/files/AddFiles'
import { pasteInto } from '@/features/files/add'
import { DraftFiles } from '@/features/files/DraftFiles'
import { uploads } from '@/features/files/here'
import { useAttachments, useHeld } from '@/features/files/uploads'
import { doneTyping, tellTyping } from '@/features/presence/typing'
import { IconButton } from '@/ui/IconButton'
import { plainName } from '@/ui/names'
import { t } from '@/ui/text'
import { formatted } from '@/ui/writing'
import { chordOf, useFormatted } from '../compose/formatted'
import { CARET } from '../compose/taken'
import { Go, Left } from './ComposerParts'
import { useTalk } from './context'
import type { Writing } from './field'
import { CallNotes } from './LazyCallNotes'
import { COUNT_FROM, LONGEST, lengthOf } from './limits'
import { PlainField } from './PlainField'
import { edited, NOTHING, type Shown, show, toMarkdown } from './shown'
import { touch } from './touch'
import { useAsking } from './useAsking'
import { useDraft } from './useDraft'

interface Props {
  channelId: string
  /** The channel's name; null for a conversation without one. */
  name: string | null
  field: RefObject<Writing | null>
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

/** Where one writes; what is in it stays with the channel. */
export function Composer(props: Props) {
  const { channelId, above, foot } = props
  const writing = useWriting(props)
  const { draft, held, shown, markdown, length, ready, send } = writing
  const frame = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={frame}
      className="relative rounded-composer bg-stone-3 p-[7px] pointer-coarse:p-[3px] has-[[role=textbox]:focus-visible,textarea:focus-visible]:outline-[1.5px] has-[[role=textbox]:focus-visible,textarea:focus-visible]:outline-field-focus"
    >
      {above}
      <CallNotes channelId={channelId} shown={shown} markdown={markdown} />
      <DraftFiles place={draft} />
      <div className="flex min-h-9 items-end gap-1">
        <AddFiles place={draft} disabled={held} />
        <Fields {...props} {...{ writing, frame }} />
        {length > COUNT_FROM && <Left count={LONGEST - length} />}
        <Go {...{ held, ready }} onSend={send} onBack={() => uploads.release(draft)} />
      </div>
      {foot}
      {writing.asking}
    </div>
  )
}

interface FieldsProps extends Props {
  writing: ReturnType<typeof useWriting>
  frame: RefObject<HTMLElement | null>
}

/** The plain field, or the formatted one once it was asked for; both hold the same draft. */
function Fields({ writing, frame, ...props }: FieldsProps) {
  const { channelId, field, onEditLast } = props
  const { draft, held, shown, change, release, send } = writing
  const { line } = useTalk()
  const area = useRef<HTMLTextAreaElement>(null)
  const { Field, taken, ask } = useFormatted(area)
  const label = placeholderOf(props)
  const onChord = (event: KeyboardEvent<HTMLTextAreaElement>) => onMark(event, ask)
  return (
    <>
      {Field ? (
        <Field
          {...{ label, send }}
          editLast={onEditLast}
          handle={field}
          place={{ channelId, line, frame }}
          docked={touch()}
          lines={touch}
          markdown={writing.markdown}
          readOnly={held}
          taken={{ mark: taken.mark, marked: taken.selection && markedIn(shown, taken.selection) }}
          change={(next) => change(show(next))}
          pasteFiles={(event) => held || pasteInto(draft, event)}
          onBlur={release}
        />
      ) : (
        <PlainField
          {...{ label, send, onEditLast }}
          {...{ area, field, channelId, line, frame, draft, shown, held, change, release, onChord }}
        />
      )}
      <IconButton
        icon={Type}
        label={t('messages.format')}
        aria-pressed={Field !== null}
        on={Field !== null}
        disabled={held}
        onClick={() => {
          field.current?.focus()
          if (Field) formatted.set(false)
          else ask(null)
        }}
      />
    </>
  )
}

/** Asks for what a chord of formatting means; says whether it was one. */
function onMark(
  event: KeyboardEvent<HTMLTextAreaElement>,
  ask: (mark: NonNullable<ReturnType<typeof chordOf>>) => void,
): boolean {
  const mark = chordOf(event)
  const { selectionStart, selectionEnd } = event.currentTarget
  // Without words chosen the page has a use of its own for the key of links.
  if (!mark || (mark === 'address' && selectionStart === selectionEnd)) return false
  event.preventDefault()
  event.stopPropagation()
  ask(mark)
  return true
}

/** The draft with the caret of the plain field marked in it, or both ends of what is chosen. */
function markedIn(shown: Shown, [from, to]: readonly [number, number]): string {
  const mark = (into: Shown, at: number) =>
    edited(into, into.text.slice(0, at) + CARET + into.text.slice(at), at + 1)
  return toMarkdown(mark(from === to ? shown : mark(shown, to), from))
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

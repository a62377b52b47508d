import type { Editor } from '@tiptap/core'
import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  SquareCode,
  Strikethrough,
  TextQuote,
} from 'lucide-react'
import { Fragment, type KeyboardEvent, useCallback, useSyncExternalStore } from 'react'
import { IconButton } from '@/ui/IconButton'
import { Kbd } from '@/ui/Kbd'
import { t } from '@/ui/text'
import { continues } from './keys'

type Choice = (typeof MARKS | typeof BLOCKS)[number]
type Name = Choice['name']

const MARKS = [
  { name: 'bold', label: 'messages.format.bold', icon: Bold, keys: 'mod+b' },
  { name: 'italic', label: 'messages.format.italic', icon: Italic, keys: 'mod+i' },
  { name: 'strike', label: 'messages.format.strike', icon: Strikethrough, keys: 'mod+shift+x' },
  { name: 'code', label: 'messages.format.code', icon: Code, keys: 'mod+e' },
  { name: 'link', label: 'messages.format.link', icon: Link, keys: 'mod+k' },
] as const
const BLOCKS = [
  { name: 'bulletList', label: 'messages.format.bulletList', icon: List, keys: 'mod+shift+8' },
  {
    name: 'orderedList',
    label: 'messages.format.orderedList',
    icon: ListOrdered,
    keys: 'mod+shift+7',
  },
  { name: 'blockquote', label: 'messages.format.blockquote', icon: TextQuote, keys: 'mod+shift+b' },
  { name: 'codeBlock', label: 'messages.format.codeBlock', icon: SquareCode, keys: 'mod+alt+c' },
] as const
const ALL = [...MARKS, ...BLOCKS].map(({ name }) => name)

/** Something read from the editor; re-rendering when it changes. */
function useLive<T extends string | boolean>(editor: Editor, read: () => T): T {
  const subscribe = useCallback(
    (wake: () => void) => {
      editor.on('transaction', wake)
      return () => {
        editor.off('transaction', wake)
      }
    },
    [editor],
  )
  return useSyncExternalStore(subscribe, read)
}

/** What holds where the caret stands. */
function useActive(editor: Editor): Set<string> {
  const names = useLive(editor, () => ALL.filter((name) => editor.isActive(name)).join(' '))
  return new Set(names.split(' '))
}

/** Where Enter goes on writing, the key that sends is said. */
export function SendHint({ editor }: { editor: Editor }) {
  if (!useLive(editor, () => continues(editor))) return null
  return (
    <p className="flex items-center gap-1.5 pb-0.5 text-ink-3 text-tiny pointer-coarse:hidden">
      <Kbd keys="mod+enter" /> {t('messages.format.sends')}
    </p>
  )
}

function run(editor: Editor, name: Exclude<Name, 'link'>): void {
  const chain = editor.chain().focus()
  if (name === 'bulletList') chain.toggleBulletList().run()
  else if (name === 'orderedList') chain.toggleOrderedList().run()
  else if (name === 'blockquote') chain.toggleBlockquote().run()
  else if (name === 'codeBlock') chain.toggleCodeBlock().run()
  else chain.toggleMark(name).run()
}

/** Arrows go from button to button, Escape back into the words. */
function onKeyDown(event: KeyboardEvent<HTMLElement>, editor: Editor): void {
  if (event.key === 'Escape') {
    event.stopPropagation()
    editor.commands.focus()
  }
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  buttons.at((at + step + buttons.length) % buttons.length)?.focus()
  event.preventDefault()
}

/** How the chosen words look, and what they may look like. */
export function FormatBar({ editor, onLink }: { editor: Editor; onLink(): void }) {
  const active = useActive(editor)
  const button = ({ name, label, icon, keys }: Choice) => (
    <IconButton
      key={name}
      icon={icon}
      label={t(label)}
      keys={keys}
      small
      tabIndex={name === 'bold' ? 0 : -1}
      aria-pressed={active.has(name)}
      // The words stay chosen.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => (name === 'link' ? onLink() : run(editor, name))}
      className="aria-pressed:bg-stone-4 aria-pressed:text-ink-1"
    />
  )
  return (
    <div
      role="toolbar"
      aria-label={t('messages.format')}
      tabIndex={-1}
      onKeyDown={(event) => onKeyDown(event, editor)}
      className="flex items-center"
    >
      {[MARKS, BLOCKS].map((group, at) => (
        <Fragment key={group[0].name}>
          {at > 0 && <span className="mx-1 h-4 w-px bg-line" />}
          {group.map(button)}
        </Fragment>
      ))}
    </div>
  )
}

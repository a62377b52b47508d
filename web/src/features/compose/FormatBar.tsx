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
import { t } from '@/ui/text'

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

/** What holds where the caret stands; re-rendering when that changes. */
function useActive(editor: Editor): Set<string> {
  const subscribe = useCallback(
    (wake: () => void) => {
      editor.on('transaction', wake)
      return () => {
        editor.off('transaction', wake)
      }
    },
    [editor],
  )
  const names = useSyncExternalStore(subscribe, () =>
    ALL.filter((name) => editor.isActive(name)).join(' '),
  )
  return new Set(names.split(' '))
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

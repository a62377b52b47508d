import { Editor, type EditorEvents } from '@tiptap/core'
import {
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { extensions } from './extensions'
import { keys, type Ways } from './keys'
import type { Piece } from './model'
import { parse } from './parse'
import { fromText, pasteAddress, pasteCode, tidy, toText } from './paste'
import { serialise } from './serialise'

export interface Wishes extends Ways {
  /** The draft, as Markdown. */
  markdown: string
  change(markdown: string): void
  /** What the field is called, and what it says while it is empty. */
  label: string
  readOnly: boolean
  /** Files are not for the words: true takes them out of the field's hands. */
  pasteFiles(event: ClipboardEvent): boolean
  focus(on: boolean): void
  /** The caret moved, or words came. */
  look(): void
  /** True when the key was for the list of names. */
  onKey(event: KeyboardEvent): boolean
}

/** The draft of a document: the space after its last word counts while one writes. */
function draftOf(editor: Editor): string {
  const doc = editor.getJSON() as Piece
  const last = doc.content?.at(-1)
  const end = last?.type === 'paragraph' ? last.content?.at(-1)?.text?.match(/[ \t]+$/)?.[0] : ''
  return serialise(doc) + (end ?? '')
}

/** An editor in an element, holding the same draft as the plain field does. */
export function useEditor(
  place: RefObject<HTMLElement | null>,
  handle: Ref<{ focus(): void }>,
  wishes: Wishes,
): Editor | null {
  const live = useRef<Editor>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const now = useRef(wishes)
  const told = useRef(new Set([wishes.markdown]))
  useLayoutEffect(() => {
    now.current = wishes
  })
  useLayoutEffect(() => {
    const made = make(place.current, () => now.current, told)
    live.current = made
    setEditor(made)
    return () => made.destroy()
  }, [place])
  useImperativeHandle(handle, () => ({ focus: () => live.current?.view.focus() }), [])
  const { markdown, readOnly } = wishes
  useLayoutEffect(() => {
    const said = told.current
    // What this field said itself comes back to it, perhaps after it said more.
    if (!editor || said.has(markdown)) {
      if (markdown === [...said].at(-1)) told.current = new Set([markdown])
      return
    }
    // Sent, or written on elsewhere.
    told.current = new Set([markdown])
    editor.commands.setContent(parse(markdown), { emitUpdate: false })
    editor.commands.setTextSelection(editor.state.doc.content.size)
  }, [editor, markdown])
  useEffect(() => editor?.setEditable(!readOnly, false), [editor, readOnly])
  return editor
}

function named(label: string): Record<string, string> {
  return {
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': label,
    dir: 'auto',
    class: 'rich',
  }
}

function make(
  element: HTMLElement | null,
  now: () => Wishes,
  told: { current: Set<string> },
): Editor {
  const editor: Editor = new Editor({
    element,
    injectCSS: false,
    content: parse(now().markdown),
    editable: !now().readOnly,
    extensions: [...extensions(() => now().label), keys(now)],
    onUpdate: ({ editor: written }: EditorEvents['update']) => {
      const draft = draftOf(written)
      // As the newest, also where it was said before.
      told.current.delete(draft)
      told.current.add(draft)
      now().change(draft)
    },
    onFocus: () => now().focus(true),
    onBlur: () => now().focus(false),
    onTransaction: () => now().look(),
    editorProps: {
      attributes: named(now().label),
      handleKeyDown: (_view, event) => !event.isComposing && now().onKey(event),
      transformPastedHTML: tidy,
      clipboardTextSerializer: toText,
      // With Shift the words are taken as they are.
      clipboardTextParser: (text, _context, plain) =>
        plain ? asItIs(editor, text) : fromText(editor, text),
      handlePaste: (_view, event) => {
        const data = event.clipboardData
        if (!data || now().pasteFiles(event)) return true
        return pasteAddress(editor, data.getData('text/plain')) || pasteCode(editor, data)
      },
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
    },
  })
  editor.commands.setTextSelection(editor.state.doc.content.size)
  return editor
}

function asItIs(editor: Editor, text: string) {
  const lines = text
    .split(/\r\n?|\n/)
    .flatMap((line, at) => [
      ...(at > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line ? [{ type: 'text', text: line }] : []),
    ])
  const doc = editor.schema.nodeFromJSON({
    type: 'doc',
    content: [{ type: 'paragraph', content: lines }],
  })
  return doc.slice(1, doc.content.size - 1)
}

import './rich.css'
import type { Editor } from '@tiptap/core'
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { caretIn } from './caret'
import { FormatBar } from './FormatBar'
import type { Ways } from './keys'
import { LinkForm } from './LinkForm'
import { useEditor, type Wishes } from './useEditor'

interface Props extends Omit<Wishes, 'focus' | keyof Ways>, Omit<Ways, 'link'> {
  /** The field from outside. */
  handle: Ref<{ focus(): void }>
  /** The bar stands over the field, chosen words or not. */
  bar: boolean
  /** The draft with its caret marked, where the plain field had the focus. */
  caret: string | null
  onBlur(): void
}

/** The field one writes in, formatted. Its draft is the Markdown the plain field would hold. */
export default function RichField(props: Props) {
  const { handle, bar, caret, onBlur } = props
  const place = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(false)
  const [linking, setLinking] = useState(false)
  const editor = useEditor(place, {
    ...props,
    link: () => setLinking(true),
    focus: (on) => {
      setFocused(on)
      if (!on) onBlur()
    },
  })
  useImperativeHandle(handle, () => ({ focus: () => editor?.commands.focus() }), [editor])
  useTaken(editor, caret)
  const tools = linking
    ? editor && <LinkForm editor={editor} onDone={() => setLinking(false)} />
    : editor && <FormatBar editor={editor} onLink={() => setLinking(true)} />
  return (
    <div className="relative min-w-0 flex-1">
      {editor && (bar ? <div className="-ml-1 pb-0.5">{tools}</div> : null)}
      {editor && !bar && (
        <Floating editor={editor} forced={linking} focused={focused}>
          {tools}
        </Floating>
      )}
      <div ref={place} />
    </div>
  )
}

/** Takes the focus and the caret over from the plain field, once. */
function useTaken(editor: Editor | null, caret: string | null): void {
  const taken = useRef(false)
  useLayoutEffect(() => {
    if (!editor || taken.current || caret === null) return
    taken.current = true
    editor.commands.focus(caretIn(editor, caret), { scrollIntoView: true })
  }, [editor, caret])
}

interface FloatingProps {
  editor: Editor
  /** It stays although the focus is in it. */
  forced: boolean
  focused: boolean
  children: React.ReactNode
}

/** Over the chosen words, as long as there are some. */
function Floating({ editor, forced, focused, children }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<{ left: number; top: number } | null>(null)
  const [inside, setInside] = useState(false)
  useEffect(() => {
    const look = () => setAt(spotOf(editor, box.current))
    editor.on('transaction', look)
    look()
    return () => {
      editor.off('transaction', look)
    }
  }, [editor])
  const shown = forced || ((focused || inside) && at !== null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only looks where the focus is
    <div ref={box} onFocus={() => setInside(true)} onBlur={() => setInside(false)}>
      {shown && (
        <div
          style={at ?? { left: 0, top: -44 }}
          className="absolute z-20 w-max animate-appear rounded-[9px] bg-float p-0.5 shadow-float [--raised:var(--stone-4)]"
        >
          {children}
        </div>
      )}
    </div>
  )
}

const HIGH = 42
/** As wide as the bar is drawn. */
const WIDE = 302

function spotOf(editor: Editor, box: HTMLElement | null): { left: number; top: number } | null {
  const { empty, from, to } = editor.state.selection
  const ground = box?.parentElement?.getBoundingClientRect()
  if (empty || !ground || editor.isActive('codeBlock') || editor.isActive('raw')) return null
  const start = editor.view.coordsAtPos(from)
  const end = editor.view.coordsAtPos(to)
  const middle = (start.left + (end.top === start.top ? end.right : start.left)) / 2
  const left = Math.min(middle - ground.left - WIDE / 2, ground.width - WIDE)
  return { left: Math.max(-40, left), top: Math.max(start.top - ground.top, 0) - HIGH }
}

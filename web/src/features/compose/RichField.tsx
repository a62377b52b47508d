import './rich.css'
import type { Editor } from '@tiptap/core'
import { type ReactNode, type Ref, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { markedIn } from './caret'
import { FormatBar, SendHint } from './FormatBar'
import { LinkForm } from './LinkForm'
import { NameList, type Names, type NamesOptions } from './NameList'
import type { Taken } from './taken'
import { useEditor, type Wishes } from './useEditor'

export interface RichProps extends Omit<Wishes, 'focus' | 'look' | 'onKey' | 'link'> {
  /** The field from outside. */
  handle: Ref<{ focus(): void }>
  /** The bar stands over the field always: fingers have menus of their own over chosen words. */
  docked: boolean
  /** What came from the plain field, its caret marked in its draft. */
  taken: { marked: string | null; mark: Taken['mark'] }
  /** Whom or what names are completed for, and what the list stands over. */
  place: Pick<NamesOptions, 'channelId' | 'line' | 'frame'>
  onBlur(): void
}

/** The field one writes in, formatted. Its draft is the Markdown the plain field would hold. */
export default function RichField(props: RichProps) {
  const { handle, docked, taken, onBlur, place } = props
  const ground = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(false)
  const [linking, setLinking] = useState(false)
  const names = useRef<Names>(null)
  const editor = useEditor(ground, handle, {
    ...props,
    link: () => setLinking(true),
    look: () => names.current?.look(),
    onKey: (event) => names.current?.onKey(event) ?? false,
    focus: (on) => {
      setFocused(on)
      if (on) return
      names.current?.close()
      onBlur()
    },
  })
  useTaken(editor, taken, () => setLinking(true))
  const tools = editor && <Tools editor={editor} linking={linking} onLink={setLinking} />
  return (
    <>
      {editor && <NameList editor={editor} handle={names} {...place} />}
      <div className="relative min-w-0 flex-1">
        {docked && <div className="overflow-x-auto pb-0.5">{tools}</div>}
        {editor && !docked && (
          <Floating editor={editor} forced={linking} focused={focused}>
            {tools}
          </Floating>
        )}
        <div ref={ground} />
        {editor && <SendHint editor={editor} />}
      </div>
    </>
  )
}

interface ToolsProps {
  editor: Editor
  linking: boolean
  onLink(on: boolean): void
}

function Tools({ editor, linking, onLink }: ToolsProps) {
  return linking ? (
    <LinkForm editor={editor} onDone={() => onLink(false)} />
  ) : (
    <FormatBar editor={editor} onLink={() => onLink(true)} />
  )
}

/** Takes the focus, the caret and the wish over from the plain field, once. */
function useTaken(editor: Editor | null, { marked, mark }: RichProps['taken'], link: () => void) {
  const done = useRef(false)
  useLayoutEffect(() => {
    if (!editor || done.current) return
    done.current = true
    if (marked === null) return
    const chosen = markedIn(editor, marked)
    if (chosen) editor.commands.setTextSelection(chosen)
    editor.view.focus()
    if (mark === 'address') link()
    else if (mark) editor.commands.toggleMark(mark)
  })
}

interface FloatingProps {
  editor: Editor
  /** It stays although the focus is in it. */
  forced: boolean
  focused: boolean
  children: ReactNode
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

import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { type Call, NOTHING, type Shown } from '../messages/shown'
import { type Lettered, useCompletion } from '../messages/useCompletion'

export interface NamesOptions {
  channelId: string
  line: string
  frame: RefObject<HTMLElement | null>
}

type Completion = ReturnType<typeof useCompletion>
export type Names = Pick<Completion, 'look' | 'close' | 'onKey'>

interface Props extends NamesOptions {
  editor: Editor
  handle: RefObject<Names | null>
}

const OUTSIDE: Lettered = { value: '', selectionStart: 0, selectionEnd: -1 }

/** The block the caret stands in, as a plain field would show it; names in it are one piece each. */
function blockAt(editor: Editor): { shown: Shown; field: Lettered } {
  const { $from, empty } = editor.state.selection
  if (!empty || $from.parent.type.spec.code || editor.isActive('code')) {
    return { shown: NOTHING, field: OUTSIDE }
  }
  const calls: Call[] = []
  let text = ''
  let caret = 0
  $from.parent.forEach((node, at) => {
    const name = node.type.name === 'mention' ? String(node.attrs.label) : null
    const letters = name ?? node.text ?? '\n'
    if (name) {
      const address = `${node.attrs.kind}:${node.attrs.id}`
      calls.push({ from: text.length, to: text.length + name.length, address, markdown: '' })
    }
    if (at < $from.parentOffset) {
      caret =
        text.length +
        (node.isText ? Math.min($from.parentOffset - at, letters.length) : letters.length)
    }
    text += letters
  })
  return {
    shown: { text, calls },
    field: { value: text, selectionStart: caret, selectionEnd: caret },
  }
}

/** The same names, offered by the same list as in the plain field. */
export function NameList({ editor, handle, ...place }: Props) {
  const [shown, setShown] = useState<Shown>(NOTHING)
  const field = useRef<Lettered>(OUTSIDE)
  const { list, aria, ...names } = useCompletion({
    ...{ ...place, field, shown },
    onChoose(item, { from }, caret) {
      const end = editor.state.selection.from
      const after = field.current.value.slice(caret)
      const [kind, id] = item.address?.split(':') ?? []
      const name = kind
        ? { type: 'mention', attrs: { kind, id, label: item.insert } }
        : { type: 'text', text: item.insert }
      const space = /^\s/.test(after) ? [] : [{ type: 'text', text: ' ' }]
      editor
        .chain()
        .focus()
        .insertContentAt({ from: end - (caret - from), to: end }, [name, ...space])
        .run()
    },
  })
  useImperativeHandle(handle, () => ({
    ...names,
    look() {
      const block = blockAt(editor)
      field.current = block.field
      setShown(block.shown)
      names.look()
    },
  }))
  const { 'aria-controls': controls, 'aria-activedescendant': option } = aria
  useEffect(() => {
    const { dom } = editor.view
    dom.setAttribute('aria-autocomplete', 'list')
    set(dom, 'aria-controls', controls)
    set(dom, 'aria-activedescendant', option)
  }, [editor, controls, option])
  return list
}

function set(dom: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) dom.removeAttribute(name)
  else dom.setAttribute(name, value)
}

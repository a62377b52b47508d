import { type Editor, Extension } from '@tiptap/core'

export interface Ways {
  send(): void
  editLast(): void
  /** Opens the field for an address. */
  link(): void
  /** Enter makes a line: fingers have no Shift to hold. */
  lines(): boolean
}

const CONTAINERS = ['bulletList', 'orderedList', 'codeBlock', 'raw']

/** Whether Enter goes on writing here instead of sending. */
export function continues(editor: Editor): boolean {
  return CONTAINERS.some((name) => editor.isActive(name))
}

/** A line more; a second one ends the paragraph, a third what is around it. */
function breakLine(editor: Editor): boolean {
  if (editor.isActive('codeBlock') || editor.isActive('raw')) {
    return editor.commands.insertContent({ type: 'text', text: '\n' })
  }
  const { $from, empty } = editor.state.selection
  if (empty && $from.parent.content.size === 0) {
    if (editor.isActive('blockquote')) return editor.commands.lift('blockquote')
    return editor.commands.splitBlock()
  }
  if (empty && $from.nodeBefore?.type.name === 'hardBreak') {
    return editor
      .chain()
      .deleteRange({ from: $from.pos - 1, to: $from.pos })
      .splitBlock()
      .run()
  }
  return editor.isActive('heading') ? editor.commands.splitBlock() : editor.commands.setHardBreak()
}

/** The keys of the field. What is not here is as in every editor. */
export function keys(ways: () => Ways): Extension {
  return Extension.create({
    name: 'keys',
    // Before all others: Enter sends, whatever else would take it.
    priority: 2000,
    addKeyboardShortcuts() {
      const { editor } = this
      const send = () => {
        ways().send()
        return true
      }
      const enter = () => {
        if (editor.view.composing) return false
        if (continues(editor)) return itemEnter(editor)
        return ways().lines() ? false : send()
      }
      const up = () => {
        if (!editor.isEmpty) return false
        ways().editLast()
        return true
      }
      // Without words chosen the page has a use of its own for this key.
      const link = () => {
        if (editor.state.selection.empty && !editor.isActive('link')) return false
        ways().link()
        return true
      }
      return {
        Enter: enter,
        ArrowUp: up,
        'Mod-Enter': send,
        'Shift-Enter': () => breakLine(editor),
        'Mod-Shift-x': () => editor.commands.toggleStrike(),
        'Mod-k': link,
      }
    },
  })
}

/** A new line of a list has its box open, whatever the one before says. */
function itemEnter(editor: Editor): boolean {
  const item = editor.getAttributes('listItem')
  if (item.checked !== true || editor.state.selection.$from.parent.content.size === 0) return false
  return editor.commands.splitListItem('listItem', { checked: false })
}

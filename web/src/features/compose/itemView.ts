import type { NodeViewRenderer } from '@tiptap/core'
import { t } from '@/ui/text'

/** A line of a list with a box one can tick, where it has one. */
export const itemView: NodeViewRenderer = ({ node, editor, getPos }) => {
  const dom = document.createElement('li')
  const contentDOM = document.createElement('div')
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.contentEditable = 'false'
  box.setAttribute('aria-label', t('messages.task.box'))
  const draw = (checked: unknown) => {
    dom.toggleAttribute('data-task', checked !== null)
    dom.toggleAttribute('data-done', checked === true)
    box.checked = checked === true
    if (checked === null) box.remove()
    else dom.prepend(box)
  }
  box.addEventListener('change', () => {
    const at = getPos()
    if (at === undefined) return
    editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'checked', box.checked))
  })
  dom.append(contentDOM)
  draw(node.attrs.checked)
  return {
    dom,
    contentDOM,
    update: (next) => {
      if (next.type !== node.type) return false
      draw(next.attrs.checked)
      return true
    },
    stopEvent: (event) => event.target === box,
    ignoreMutation: (change) => change.type !== 'selection' && !contentDOM.contains(change.target),
  }
}

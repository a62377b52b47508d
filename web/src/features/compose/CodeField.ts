import type { NodeViewRenderer } from '@tiptap/core'
import { CodeBlock } from '@tiptap/extension-code-block'
import { t } from '@/ui/text'
import { LANGUAGES, tongueOf } from '../messages/languages'

/** The names one chooses from, each language once, and what stands behind the fence for it. */
const choices = [...new Map(Object.entries(LANGUAGES).map(([tag, name]) => [name, tag]))].sort(
  ([a], [b]) => a.localeCompare(b),
)

function option(value: string, name: string): HTMLOptionElement {
  const made = document.createElement('option')
  made.value = value
  made.textContent = name
  return made
}

/** Fills the list; a language we have no name for stays as it was written. */
function fill(list: HTMLSelectElement, info: string): void {
  const [tag = ''] = info.split(' ')
  const name = LANGUAGES[tongueOf(tag)]
  list.replaceChildren(
    option('', t('messages.code.none')),
    ...choices.map(([shown, value]) => option(shown === name ? tag : value, shown)),
    ...(tag && !name ? [option(tag, tag)] : []),
  )
  list.value = tag
}

const view: NodeViewRenderer = ({ node, editor, getPos }) => {
  let info = String(node.attrs.language ?? '')
  const dom = document.createElement('div')
  dom.dataset.code = ''
  const list = document.createElement('select')
  list.setAttribute('aria-label', t('messages.code.language'))
  list.contentEditable = 'false'
  fill(list, info)
  list.addEventListener('change', () => {
    const at = getPos()
    if (at === undefined) return
    const rest = info.split(' ').slice(1)
    const language = [list.value, ...(list.value ? rest : [])].join(' ')
    editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'language', language))
    editor.commands.focus()
  })
  const pre = document.createElement('pre')
  const contentDOM = document.createElement('code')
  pre.append(contentDOM)
  dom.append(list, pre)
  return {
    dom,
    contentDOM,
    update: (next) => {
      if (next.type !== node.type) return false
      info = String(next.attrs.language ?? '')
      fill(list, info)
      return true
    },
    stopEvent: (event) => event.target === list,
    ignoreMutation: (change) => change.type !== 'selection' && !contentDOM.contains(change.target),
  }
}

/** Code, and the language it is written in. */
export const CodeField = CodeBlock.extend({
  addNodeView: () => view,
})

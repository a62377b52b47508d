import type { Editor } from '@tiptap/core'
import type { Slice } from '@tiptap/pm/model'
import { safeUrl } from '../messages/markdown'
import type { Piece } from './model'
import { parse } from './parse'
import { serialise } from './serialise'

// What office documents say by style, said by element.
const STYLED: readonly [RegExp, string][] = [
  [/font-weight:\s*(bold|[6-9]00)/i, 'strong'],
  [/font-style:\s*italic/i, 'em'],
  [/text-decoration[^;]*line-through/i, 's'],
]
const BULLET = /^[\s\u00a0]*[·•o§▪\-–][\s\u00a0]+/
const NUMBER = /^[\s\u00a0]*(?:\d+|[a-z])[.)][\s\u00a0]+/i

/** HTML from pages and office documents, in the elements the field knows; no style stays. */
export function tidy(html: string): string {
  // Styles are read, never applied: not even in a page nobody sees.
  const unstyled = html
    .replace(/<style[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, ' data-$1='))
  const page = new DOMParser().parseFromString(unstyled, 'text/html')
  for (const gone of page.querySelectorAll('style, script, title, meta, link, img, svg, button')) {
    gone.remove()
  }
  wordLists(page)
  for (const table of page.querySelectorAll('table')) table.replaceWith(asText(table))
  for (const element of page.body.querySelectorAll<HTMLElement>('[data-style]')) {
    speak(element, element.dataset.style ?? '')
    element.removeAttribute('data-style')
  }
  return page.body.innerHTML
}

/** Puts what a style says into elements around the words. */
function speak(element: HTMLElement, style: string): void {
  // Some wrap all they copy in a bold that is none.
  if (/^(b|strong)$/i.test(element.tagName) && /font-weight:\s*(normal|400)/i.test(style)) {
    element.replaceWith(...element.childNodes)
    return
  }
  if (!/^(span|font)$/i.test(element.tagName)) return
  for (const [pattern, tag] of STYLED) {
    if (!pattern.test(style)) continue
    const around = element.ownerDocument.createElement(tag)
    around.append(...element.childNodes)
    element.append(around)
  }
}

/** Word writes lists as paragraphs which look like one. */
function wordLists(page: Document): void {
  for (const line of page.querySelectorAll<HTMLElement>('p[class*="MsoListParagraph"]')) {
    const text = line.textContent ?? ''
    const tag = NUMBER.test(text) ? 'ol' : 'ul'
    for (const sign of line.querySelectorAll('[data-style*="mso-list:ignore" i]')) sign.remove()
    const item = page.createElement('li')
    item.append(...line.childNodes)
    const first = item.firstChild
    if (first?.nodeType === 3) first.nodeValue = (first.nodeValue ?? '').replace(BULLET, '')
    const before = line.previousElementSibling
    const list = before?.tagName.toLowerCase() === tag ? before : page.createElement(tag)
    list.append(item)
    if (list === before) line.remove()
    else line.replaceWith(list)
  }
}

/** A table as the Markdown of one. */
function asText(table: HTMLTableElement): Element {
  const cell = (element: Element) =>
    (element.textContent ?? '').replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')
  const [head = [], ...body] = [...table.rows].map((row) => [...row.cells].map(cell))
  const rows = [head, head.map(() => '---'), ...body]
  const made = table.ownerDocument.createElement('pre')
  made.dataset.raw = ''
  made.textContent = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return made
}

/** An address pasted onto words makes them a link. */
export function pasteAddress(editor: Editor, text: string): boolean {
  const url = /^\S+$/.test(text.trim()) ? safeUrl(text.trim()) : null
  if (!url || editor.state.selection.empty || editor.isActive('codeBlock')) return false
  return editor.commands.setMark('link', { href: url.href })
}

/** Code out of an editor stays code, in its language. */
export function pasteCode(editor: Editor, data: DataTransfer): boolean {
  const text = data.getData('text/plain')
  const source = data.getData('vscode-editor-data')
  if (!source || !text.includes('\n') || editor.isActive('codeBlock')) return false
  const language = /"mode":"([\w+#-]+)"/.exec(source)?.[1] ?? ''
  const content = [{ type: 'text', text: text.replace(/\r\n?/g, '\n').replace(/\n$/, '') }]
  return editor.commands.insertContent({ type: 'codeBlock', attrs: { language }, content })
}

/** Pasted text read as what it would be when sent as it stands. */
export function fromText(editor: Editor, text: string): Slice {
  const doc = editor.schema.nodeFromJSON(parse(text.replace(/\r\n?/g, '\n')))
  const alone = doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph'
  return doc.slice(alone ? 1 : 0, alone ? doc.content.size - 1 : doc.content.size)
}

/** What is copied out, as Markdown. */
export function toText(slice: Slice): string {
  const content = (slice.content.toJSON() ?? []) as Piece[]
  const loose = slice.content.firstChild?.isInline
  return serialise({ type: 'doc', content: loose ? [{ type: 'paragraph', content }] : content })
}

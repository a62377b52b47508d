import { type Extensions, InputRule, Mark, markInputRule, Node } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { HorizontalRule } from '@tiptap/extension-horizontal-rule'
import { Italic } from '@tiptap/extension-italic'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions'
import { safeUrl } from '../messages/markdown'
import { CodeField } from './CodeField'
import { itemView } from './itemView'

/** Words that lead somewhere. Only addresses the sent message would follow too. */
const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const url = safeUrl(element.getAttribute('href') ?? '')
        return url ? { href: url.href } : false
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', HTMLAttributes, 0],
})

/** Hidden in the message until asked for; here it is seen, and seen to be one. */
const Spoiler = Mark.create({
  name: 'spoiler',
  priority: 900,
  inclusive: false,
  parseHTML: () => [{ tag: 'span[data-spoiler]' }],
  renderHTML: () => ['span', { 'data-spoiler': '' }, 0],
  addInputRules() {
    return [markInputRule({ find: /(?:^|\s)(\|\|([^|\s][^|]*)\|\|)$/, type: this.type })]
  },
})

/** A name that is called: one thing, deleted as one. */
const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({ kind: {}, id: {}, label: {} }),
  parseHTML: () => [
    {
      tag: 'span[data-mention]',
      getAttrs: (element) => {
        const [kind, id] = (element.getAttribute('data-mention') ?? '').split(':')
        return kind && id ? { kind, id, label: element.textContent } : false
      },
    },
  ],
  renderHTML: ({ node }) => [
    'span',
    { 'data-mention': `${node.attrs.kind}:${node.attrs.id}`, dir: 'auto' },
    String(node.attrs.label),
  ],
  renderText: ({ node }) => String(node.attrs.label),
})

/** Markdown the field has no picture for, such as a table: it stays the text it is. */
const Raw = Node.create({
  name: 'raw',
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  parseHTML: () => [{ tag: 'pre[data-raw]', preserveWhitespace: 'full', priority: 60 }],
  renderHTML: () => ['pre', { 'data-raw': '' }, 0],
})

const BOX = /^\s*\[([ xX])\]\s$/

/** A line of a list; with a box where `checked` is not null. */
const Item = ListItem.extend({
  addAttributes: () => ({
    checked: {
      default: null,
      parseHTML: (element) => {
        const box = element.querySelector<HTMLInputElement>(
          ':scope > input, :scope > label > input',
        )
        return box?.type === 'checkbox' ? box.hasAttribute('checked') : null
      },
    },
  }),
  addNodeView: () => itemView,
  addInputRules() {
    return [
      new InputRule({
        find: BOX,
        handler: ({ state, range, match }) => {
          const { $from } = state.selection
          if ($from.node(-1)?.type !== this.type || $from.index(-1) !== 0) return null
          const checked = match[1] !== ' '
          state.tr
            .delete(range.from, range.to)
            .setNodeAttribute($from.before(-1), 'checked', checked)
          return
        },
      }),
    ]
  },
})

/** All that a message can hold, and nothing else: what is pasted is cut down to it. */
export function extensions(placeholder: () => string): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    HardBreak.extend({ addKeyboardShortcuts: () => ({}) }),
    Link,
    Spoiler,
    Bold.extend({ priority: 800 }),
    Italic.extend({ priority: 700 }),
    Strike.extend({ priority: 600 }),
    Code.extend({ priority: 500, excludes: '' }),
    Mention,
    Raw,
    Heading,
    HorizontalRule,
    Blockquote,
    BulletList,
    OrderedList,
    Item,
    ListKeymap,
    CodeField,
    Gapcursor,
    UndoRedo,
    Placeholder.configure({ placeholder }),
  ]
}

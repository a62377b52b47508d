import { has, type Mark, normal, type Piece, piece, same, words } from './model'
import { addresses, read } from './parse'

/** The document of the field as Markdown. Only what would read as something else is escaped. */
export function serialise(doc: Piece): string {
  return join(normal(doc.content ?? []))
}

/** The blocks one under another; two lists side by side get different signs, or they were one. */
function join(blocks: readonly Piece[]): string {
  let odd = false
  return blocks
    .map((block, at) => {
      odd = blocks[at - 1]?.type === block.type ? !odd : false
      return write(block, odd)
    })
    .join('\n\n')
}

function write(block: Piece, odd: boolean): string {
  const { type, content = [], attrs } = block
  if (type === 'bulletList')
    return content.map((item) => writeItem(odd ? '*' : '-', item)).join('\n')
  if (type === 'orderedList') {
    const start = Number(attrs?.start ?? 1)
    const sign = (at: number) => `${start + at}${odd ? ')' : '.'}`
    return content.map((item, at) => writeItem(sign(at), item)).join('\n')
  }
  if (type === 'blockquote') return hang(join(content), '> ', '> ')
  if (type === 'codeBlock') return fence(content[0]?.text ?? '', String(attrs?.language ?? ''))
  if (type === 'raw') return content[0]?.text ?? ''
  if (type === 'horizontalRule') return '---'
  if (type === 'heading') return writeWords(`${'#'.repeat(Number(attrs?.level))} `, block)
  return writeWords('', block)
}

/** Puts a sign before the first line and room before the others. */
function hang(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, at) => {
      const before = at === 0 ? first : rest
      return line === '' ? before.trimEnd() : before + line
    })
    .join('\n')
}

function fence(code: string, info: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length))
  const line = '`'.repeat(longest + 1)
  return `${line}${info}\n${code === '' ? '' : `${code}\n`}${line}`
}

function writeItem(sign: string, item: Piece): string {
  const [head = piece('paragraph'), ...rest] = item.content ?? []
  const box = item.attrs?.checked === null ? '' : item.attrs?.checked ? '[x]' : '[ ]'
  const before = box ? `${sign} ${box} ` : `${sign} `
  const first = (head.content ? writeWords(before, head, sign.length + 1) : before).trimEnd()
  const room = ' '.repeat(sign.length + 1)
  if (rest.length === 0) return hang(first, '', room)
  const under = join(rest)
  const gap = follows(head, box, rest[0] as Piece) ? '\n' : '\n\n'
  const held = under.replace(/^(?=.)/gm, room)
  return `${hang(first, '', room)}${gap}${held}`
}

/** Whether a block may stand right under the first line: what could not begin there needs a gap. */
function follows(head: Piece, box: string, next: Piece): boolean {
  if (!head.content && !box) return true
  const filled = Boolean(next.content?.[0]?.content?.[0]?.content)
  if (next.type === 'bulletList') return filled
  return next.type === 'orderedList' && filled && next.attrs?.start === 1
}

interface Hand {
  /** How one writes words, from bare to careful. */
  text(text: string, at: Place): string
  italic: '*' | '_'
  /** Letters beside a sign are spelled out, so that the sign counts. */
  guarded: boolean
}

interface Place {
  lineStart: boolean
  linked: boolean
}

const bareHand = (text: string) => text
const carefulHand = (text: string, { lineStart, linked }: Place) =>
  linked ? escaped(text, lineStart) : around(text, lineStart, (address) => address)
const closedHand = (text: string, { lineStart, linked }: Place) =>
  linked ? escaped(text, lineStart) : around(text, lineStart, (address) => `<${address}>`)
// An address that holds what must be escaped is no address any more.
const strictHand = (text: string, { lineStart }: Place) =>
  escaped(text, lineStart).replace(/:\/\/|@/g, '\\$&')

const hands: readonly Hand[] = [bareHand, carefulHand, closedHand, strictHand].flatMap((text) =>
  (text === bareHand ? [false] : [false, true]).flatMap((guarded) =>
    (['*', '_'] as const).map((italic) => ({ text, italic, guarded })),
  ),
)

/** Words after `before` and under each other with `room` before them, in the barest hand that reads back as what they are. */
function writeWords(before: string, block: Piece, room = 0): string {
  const parts = block.content ?? []
  for (const hand of hands) {
    const text = before + writeInline(parts, hand)
    const [found, more] = read(hang(text, '', ' '.repeat(room)))
    if (!more && found && (isIt(found, block) || found.type === 'raw')) return text
  }
  // Never a word lost: if no hand can say the marks, the words go without.
  const plain = parts.map((part) =>
    part.type === 'text' ? words(part.text ?? '') : { ...part, marks: [] },
  )
  return before + writeInline(plain, { text: strictHand, italic: '*', guarded: false })
}

/** The block itself, or the list whose only item begins with it. */
function isIt(found: Piece, block: Piece): boolean {
  const list = found.type === 'bulletList' || found.type === 'orderedList'
  const [inner, more] = list ? (found.content?.[0]?.content ?? []) : [found]
  return !more && same(inner, block)
}

const signs: Record<string, string> = { spoiler: '||', bold: '**', strike: '~~' }

function writeInline(parts: readonly Piece[], hand: Hand): string {
  let out = ''
  let open: Mark[] = []
  const sign = (mark: Mark) => (mark.type === 'italic' ? hand.italic : (signs[mark.type] ?? ''))
  const close = (mark: Mark) =>
    mark.type === 'link' ? `](${target(String(mark.attrs?.href))})` : sign(mark)
  const turn = (wanted: readonly Mark[]) => {
    let kept = 0
    while (kept < open.length && wanted[kept] && same(open[kept], wanted[kept])) kept += 1
    const ends = open.slice(kept).reverse().map(close).join('')
    const starts = wanted.slice(kept).map((mark) => (mark.type === 'link' ? '[' : sign(mark)))
    if (hand.guarded && starts.length > 0 && !ends) out = spelled(out)
    out += ends + starts.join('')
    open = [...wanted]
    return hand.guarded && ends !== '' && starts.length === 0
  }
  parts.forEach((part) => {
    const code = has(part.marks, { type: 'code' })
    const ended = turn((part.marks ?? []).filter(({ type }) => type !== 'code'))
    const place = { lineStart: out === '' || out.endsWith('\n'), linked: linked(open) }
    const text = code ? writeCode(part.text ?? '') : writeLeaf(part, hand, place)
    out += ended && !code ? text.replace(/^[^\s!-/:-@[-`{-~]/u, entity) : text
  })
  turn([])
  return out
}

const linked = (marks: readonly Mark[]) => marks.some(({ type }) => type === 'link')

function writeLeaf(part: Piece, hand: Hand, place: Place): string {
  if (part.type === 'hardBreak') return '\n'
  if (part.type === 'mention') {
    const { kind, id, label } = part.attrs ?? {}
    return `[${escaped(String(label), false)}](${kind}:${id})`
  }
  return hand.text(part.text ?? '', place)
}

function entity(letter: string): string {
  return `&#${letter.codePointAt(0)};`
}

/** The last letter, whatever is neither sign nor space, spelled out: a sign after it then counts as one. */
function spelled(text: string): string {
  return text.replace(/[^\s!-/:-@[-`{-~]$/u, entity)
}

function writeCode(code: string): string {
  const runs = new Set((code.match(/`+/g) ?? []).map(({ length }) => length))
  let length = 1
  while (runs.has(length)) length += 1
  const line = '`'.repeat(length)
  const pad = /^`|`$|^ .*[^ ].* $/.test(code) ? ' ' : ''
  return line + pad + code + pad + line
}

function target(href: string): string {
  const safe = href.replace(/[\\&<>]/g, '\\$&').replace(/\s/g, encodeURIComponent)
  return /[()]/.test(safe) ? `<${safe}>` : safe
}

function escaped(text: string, lineStart: boolean): string {
  const safe = text.replace(/[\\`*_~[\]<>&|!#]/g, '\\$&')
  if (!lineStart) return safe
  return safe.replace(/^[-+=:]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

/** Escapes what stands around addresses; an address with escapes in it leads elsewhere. */
function around(text: string, lineStart: boolean, keep: (address: string) => string): string {
  let out = ''
  let from = 0
  for (const { index, lastIndex } of addresses(text)) {
    out += escaped(text.slice(from, index), lineStart && from === 0)
    out += keep(text.slice(index, lastIndex))
    from = lastIndex
  }
  return out + escaped(text.slice(from), lineStart && from === 0)
}

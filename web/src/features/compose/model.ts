/** What the field holds, in the form the editor reads and gives. */
export interface Piece {
  type: string
  text?: string
  attrs?: Record<string, unknown>
  marks?: Mark[]
  content?: Piece[]
}

export interface Mark {
  type: MarkName
  attrs?: Record<string, unknown>
}

/** From the outermost to the innermost: so they are nested when written down. */
export const ORDER = ['link', 'spoiler', 'bold', 'italic', 'strike', 'code'] as const
export type MarkName = (typeof ORDER)[number]

const BREAK = 'hardBreak'
const EDGE = /^\s*|\s*$/g

export function piece(
  type: string,
  content?: readonly Piece[],
  attrs?: Record<string, unknown>,
): Piece {
  return {
    type,
    ...(attrs ? { attrs } : {}),
    ...(content && content.length > 0 ? { content: [...content] } : {}),
  }
}

export function words(text: string, marks: readonly Mark[] = []): Piece {
  return { type: 'text', text, ...markSet(marks) }
}

export const lineBreak: Piece = { type: BREAK }

/** Marks in their order; nothing where there are none. */
function markSet(marks: readonly Mark[]): { marks?: Mark[] } {
  if (marks.length === 0) return {}
  const sorted = [...marks].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))
  return {
    marks: sorted.map(({ type, attrs }) =>
      type === 'link' ? { type, attrs: { href: attrs?.href } } : { type },
    ),
  }
}

function sameMark(a: Mark, b: Mark): boolean {
  return a.type === b.type && a.attrs?.href === b.attrs?.href
}

export function has(marks: readonly Mark[] | undefined, mark: Mark): boolean {
  return (marks ?? []).some((other) => sameMark(other, mark))
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * The same content in the one form Markdown can say: no marks around spaces, no empty lines within
 * a paragraph, no spaces at the ends of lines.
 */
export function normal(blocks: readonly Piece[]): Piece[] {
  return blocks.flatMap(normalBlock)
}

function normalBlock(block: Piece): Piece[] {
  const { type, content = [], attrs } = block
  if (type === 'paragraph') return paragraphs(content)
  if (type === 'heading') return [heading(content, attrs)]
  if (type === 'codeBlock') {
    return [piece(type, textOf(content), { language: language(attrs?.language) })]
  }
  if (type === 'raw') return content.length > 0 ? [piece(type, textOf(content))] : []
  if (type === 'horizontalRule') return [piece(type)]
  if (type === 'blockquote') return [piece(type, filled(normal(content)))]
  if (type === 'listItem') {
    return [piece(type, headed(normal(content)), { checked: attrs?.checked ?? null })]
  }
  const start = Number(attrs?.start ?? 1)
  return [piece(type, normal(content), type === 'orderedList' ? { start } : undefined)]
}

function language(info: unknown): string {
  return String(info ?? '')
    .replace(/[`\s]+/g, ' ')
    .trim()
}

function textOf(content: readonly Piece[]): Piece[] {
  const text = content.map((part) => part.text ?? '').join('')
  return text ? [{ type: 'text', text }] : []
}

/** Every container holds something one can put the caret in. */
function filled(blocks: Piece[]): Piece[] {
  return blocks.length > 0 ? blocks : [piece('paragraph')]
}

/** A list item begins with a paragraph, if need be an empty one. */
function headed(blocks: Piece[]): Piece[] {
  return blocks[0]?.type === 'paragraph' ? blocks : [piece('paragraph'), ...blocks]
}

function heading(content: readonly Piece[], attrs: Piece['attrs']): Piece {
  const spaced = content.map((part) => (part.type === BREAK ? words(' ', part.marks) : part))
  return piece('heading', inline(spaced), { level: Number(attrs?.level ?? 1) })
}

/** A paragraph; several where it holds empty lines. */
function paragraphs(content: readonly Piece[]): Piece[] {
  const lines: Piece[][] = [[]]
  for (const part of content) {
    if (part.type === BREAK) lines.push([])
    else lines[lines.length - 1]?.push(part)
  }
  const groups: Piece[][] = [[]]
  for (const line of lines.map(trimmed)) {
    const group = groups[groups.length - 1] as Piece[]
    if (line.length === 0) groups.push([])
    else group.push(...(group.length > 0 ? [lineBreak] : []), ...line)
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => piece('paragraph', inline(group)))
    .filter((made) => made.content)
}

const blank = (part: Piece) => part.type === 'text' && (part.text ?? '').trim() === ''

function trimmed(line: readonly Piece[]): Piece[] {
  const parts = [...line]
  // Spaces in code are meant.
  const loose = (part: Piece | undefined) => part?.type === 'text' && !has(part.marks, CODE)
  while (parts[0] && loose(parts[0]) && blank(parts[0])) parts.shift()
  while (parts.length > 0 && loose(parts.at(-1)) && blank(parts.at(-1) as Piece)) parts.pop()
  const first = parts[0]
  if (first && loose(first)) parts[0] = { ...first, text: first.text?.trimStart() ?? '' }
  const last = parts.at(-1)
  if (last && loose(last)) parts[parts.length - 1] = { ...last, text: last.text?.trimEnd() ?? '' }
  return parts
}

const CODE: Mark = { type: 'code' }

/** Runs of equal marks joined, breaks within them marked alike, no mark beginning or ending in space. */
function inline(parts: readonly Piece[]): Piece[] {
  let made = trimmed(parts.filter((part) => part.type !== 'text' || part.text))
  made = made.map((part) => ({ ...bare(part), ...markSet(allowed(part)) }))
  for (const type of ORDER.slice(0, -1)) made = tight(made, type)
  return join(bridged(made))
}

function bare({ type, text, attrs }: Piece): Piece {
  return { type, ...(text === undefined ? {} : { text }), ...(attrs ? { attrs } : {}) }
}

function allowed({ type, marks = [] }: Piece): Mark[] {
  if (type === 'mention')
    return marks.filter((mark) => mark.type !== 'link' && mark.type !== 'code')
  return type === 'text' ? marks : []
}

/** Takes a mark off the spaces at the edges of its runs. */
function tight(parts: readonly Piece[], type: MarkName): Piece[] {
  const split = parts.flatMap((part) => {
    if (part.type !== 'text' || has(part.marks, CODE)) return [part]
    const text = part.text ?? ''
    const [head = ''] = text.match(/^\s*/) ?? []
    const [tail = ''] = text.slice(head.length).match(/\s*$/) ?? []
    return [head, text.replace(EDGE, ''), tail]
      .filter((bit) => bit !== '')
      .map((bit) => ({ ...part, text: bit }))
  })
  const mark = (at: number) => split[at]?.marks?.find((one) => one.type === type)
  // A mark ends where one around it ends: they are nested when written down.
  const rank = ORDER.indexOf(type)
  const outer = (at: number) =>
    split[at]?.marks?.filter((one) => ORDER.indexOf(one.type) < rank) ?? []
  const space = (at: number) => {
    const part = split[at] as Piece
    return part.type === BREAK || (blank(part) && !has(part.marks, CODE))
  }
  const reaches = (at: number, step: 1 | -1, wanted: Mark): boolean => {
    for (let next = at + step; split[next]; next += step) {
      if (split[next]?.type === BREAK) continue
      const found = mark(next)
      if (!found || !sameMark(found, wanted) || !same(outer(next), outer(at))) return false
      if (!space(next)) return true
    }
    return false
  }
  return split.map((part, at) => {
    const found = mark(at)
    if (!found || !space(at)) return part
    if (reaches(at, -1, found) && reaches(at, 1, found)) return part
    return { ...bare(part), ...markSet((part.marks ?? []).filter((one) => one.type !== type)) }
  })
}

/** A break carries what both of its sides carry: a mark goes on over the end of a line. */
function bridged(parts: readonly Piece[]): Piece[] {
  return parts.map((part, at) => {
    if (part.type !== BREAK) return part
    const before = parts[at - 1]?.marks ?? []
    const after = parts[at + 1]?.marks ?? []
    const apart = before.findIndex((mark, nth) => mark.type === 'code' || !same(mark, after[nth]))
    return { ...lineBreak, ...markSet(apart < 0 ? before : before.slice(0, apart)) }
  })
}

function join(parts: readonly Piece[]): Piece[] {
  const made: Piece[] = []
  for (const part of parts) {
    const last = made.at(-1)
    if (part.type === 'text' && last?.type === 'text' && same(last.marks, part.marks)) {
      made[made.length - 1] = { ...last, text: `${last.text}${part.text}` }
    } else made.push(part)
  }
  return made
}

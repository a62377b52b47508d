import { MENTION, makeParser, type Token } from '../messages/markdown'
import { lineBreak, type Mark, type MarkName, normal, type Piece, piece, words } from './model'

const parser = makeParser()
// What one is writing stays as it was typed; only the sent message shows it decoded.
parser.normalizeLinkText = (text) => text

/** The addresses in a text that the message will make into links by itself. */
export function addresses(text: string): readonly { index: number; lastIndex: number }[] {
  return parser.linkify?.match(text) ?? []
}

/** Markdown as the document of the field: read by the very rules the sent message is drawn by. */
export function parse(text: string): Piece {
  const blocks = read(text)
  const last = blocks.at(-1)
  const [end] = text.match(/[ \t]+$/) ?? []
  // A word is just done and the next begins: its space is not lost.
  if (end && last?.type === 'paragraph') last.content = [...(last.content ?? []), words(end)]
  return piece('doc', blocks.length > 0 ? blocks : [piece('paragraph')])
}

/** The blocks of a text. */
export function read(text: string): Piece[] {
  return normal(blocks(parser.parse(text, {})))
}

const containers: Record<string, (content: Piece[], token: Token) => Piece> = {
  bullet_list_open: (content) => piece('bulletList', content),
  ordered_list_open: (content, token) =>
    piece('orderedList', content, { start: Number(token.attrGet('start') ?? 1) }),
  list_item_open: (content, token) =>
    piece('listItem', content, { checked: token.meta?.task ? token.meta.task === 'done' : null }),
  blockquote_open: (content) => piece('blockquote', content),
  paragraph_open: (content) => piece('paragraph', content),
  heading_open: (content, token) =>
    piece('heading', content, { level: Number(token.tag.slice(1)) }),
}

function blocks(tokens: readonly Token[]): Piece[] {
  const made: Piece[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    const end = token.nesting === 1 ? closing(tokens, at) : at
    const inside = tokens.slice(at + 1, end)
    const container = containers[token.type]
    if (container) made.push(container(blocks(inside), token))
    else if (token.type === 'table_open') made.push(piece('raw', [words(table(inside))]))
    else made.push(...leaf(token))
    at = end
  }
  return made
}

function leaf(token: Token): Piece[] {
  if (token.type === 'inline') return inlines(token.children ?? [])
  if (token.type === 'hr') return [piece('horizontalRule')]
  if (token.type !== 'fence' && token.type !== 'code_block') return []
  const code = token.content.replace(/\n$/, '')
  return [piece('codeBlock', code ? [words(code)] : [], { language: token.info })]
}

function closing(tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at += 1) {
    depth += tokens[at]?.nesting ?? 0
    if (depth === 0) return at
  }
  return tokens.length
}

/** A table stays the text it is: the field has no cells. */
function table(tokens: readonly Token[]): string {
  const rows: string[][] = []
  const ruler: string[] = []
  tokens.forEach((token, at) => {
    if (token.type === 'tr_open') rows.push([])
    if (token.type !== 'th_open' && token.type !== 'td_open') return
    rows.at(-1)?.push((tokens[at + 1]?.content ?? '').replaceAll('|', '\\|'))
    if (token.type === 'th_open') ruler.push(column(String(token.attrGet('style') ?? '')))
  })
  const [head = [], ...body] = rows
  return [head, ruler, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function column(style: string): string {
  const left = style.endsWith('left') || style.endsWith('center')
  const right = style.endsWith('right') || style.endsWith('center')
  return `${left ? ':' : ''}---${right ? ':' : ''}`
}

const marks: Record<string, MarkName> = {
  strong_open: 'bold',
  em_open: 'italic',
  s_open: 'strike',
  spoiler_open: 'spoiler',
}

function inlines(tokens: readonly Token[], around: readonly Mark[] = []): Piece[] {
  const made: Piece[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    const end = token.nesting === 1 ? closing(tokens, at) : at
    const inside = tokens.slice(at + 1, end)
    const mark = marks[token.type]
    if (mark) made.push(...inlines(inside, within(around, { type: mark })))
    else if (token.type === 'link_open') made.push(...link(token, inside, around))
    else if (token.nesting === 0) made.push(...word(token, around))
    at = end
  }
  return made
}

function within(around: readonly Mark[], mark: Mark): Mark[] {
  return [...around.filter(({ type }) => type !== mark.type), mark]
}

function link(token: Token, inside: readonly Token[], around: readonly Mark[]): Piece[] {
  const href = String(token.attrGet('href') ?? '')
  // A bare address is text; that it leads somewhere is seen by itself.
  if (token.markup === 'linkify' || token.markup === 'autolink') return inlines(inside, around)
  const [, kind, id] = MENTION.exec(href) ?? []
  if (!kind || !id) return inlines(inside, within(around, { type: 'link', attrs: { href } }))
  const label = inside.map(({ content }) => content).join('')
  return [{ ...piece('mention', [], { kind, id, label }), marks: [...around] }]
}

function word(token: Token, around: readonly Mark[]): Piece[] {
  if (token.type.endsWith('break')) return [lineBreak]
  if (token.type === 'code_inline') return [words(token.content, within(around, { type: 'code' }))]
  if (token.type === 'image') {
    const href = String(token.attrGet('src') ?? '')
    return [words(token.content || href, within(around, { type: 'link', attrs: { href } }))]
  }
  return token.content ? [words(token.content, around)] : []
}

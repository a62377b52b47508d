import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it'

export type { Token }

const SAFE = new Set(['http:', 'https:', 'mailto:'])
const TASK = /^\[([ xX])\](?: |$)/

/** The address if it is one we let people follow, else null. Decides for links and images alike. */
export function safeUrl(address: string): URL | null {
  try {
    // No base: what is not a whole address of a known kind is not a link.
    const url = new URL(address)
    return SAFE.has(url.protocol) ? url : null
  } catch {
    return null
  }
}

/** The address of a mention: `user:`, `role:` or `channel:` and an id. */
export const MENTION = /^(user|role|channel):([0-9a-f-]{36})$/

/** `@here` and `@channel` where they call: not within a word or an address. */
export const EVERYONE = /(?<![\p{L}\p{N}_@/])@(here|channel)(?![\p{L}\p{N}_-])/gu

/** The one reading of what people write; the field one writes in reads with the same rules. */
export function makeParser(): Parser {
  // Raw HTML is text. Line breaks are kept: people press Enter and mean it.
  const parser = new MarkdownIt({ html: false, breaks: true, linkify: true, typographer: false })
  parser.validateLink = (address) => safeUrl(address) !== null || MENTION.test(address)
  // Only what says it is an address: `README.md` is a file, not a place in Moldova.
  parser.linkify?.set({ fuzzyLink: false, fuzzyEmail: true, fuzzyIP: false })
  // Before what was escaped joins the words around it: `\||` and `\[ ]` are meant as they stand.
  parser.core.ruler.before('text_join', 'spoilers', (state) => {
    for (const token of state.tokens) {
      if (token.type === 'inline' && token.children) {
        token.children = spoilers(
          token.children,
          (type, nesting) => new state.Token(type, '', nesting),
        )
      }
    }
  })
  parser.core.ruler.before('text_join', 'tasks', (state) => markTasks(state.tokens))
  return parser
}

const parser = makeParser()

/** The flat tokens of a text. */
export function parse(text: string): Token[] {
  return parser.parse(text, {})
}

/** The words of a text without its marks, in one line. */
export function plain(text: string): string {
  return parse(text)
    .flatMap((token) => token.children ?? (token.type === 'fence' ? [token] : []))
    .map(({ type, content }) =>
      type.endsWith('break') ? ' ' : type === 'spoiler_open' ? '' : content,
    )
    .join('')
    .trim()
}

type Make = (type: string, nesting: -1 | 0 | 1) => Token

function split(token: Token, make: Make): Token[] {
  if (token.type !== 'text' || !token.content.includes('||')) return [token]
  return token.content.split('||').flatMap((part, index) => {
    const text = make('text', 0)
    text.content = part
    text.level = token.level
    const mark = make('spoiler_mark', 0)
    mark.content = '||'
    mark.level = token.level
    return [...(index > 0 ? [mark] : []), ...(part ? [text] : [])]
  })
}

/** Where the partner of a mark stands: on its own level, not outside of what encloses it. */
function partner(tokens: readonly Token[], from: number): number {
  const level = tokens[from]?.level ?? 0
  for (let at = from + 1; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    if (token.level < level) return -1
    if (token.type === 'spoiler_mark' && token.level === level) return at
  }
  return -1
}

function spoilers(children: Token[], make: Make): Token[] {
  const tokens = children.flatMap((token) => split(token, make))
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    if (token.type !== 'spoiler_mark') continue
    const end = partner(tokens, at)
    if (end > at + 1) {
      tokens[at] = make('spoiler_open', 1)
      tokens[end] = make('spoiler_close', -1)
    } else token.type = 'text'
  }
  return tokens
}

/** `[ ] ` and `[x] ` at the head of a list item become a box. */
function markTasks(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.type !== 'inline' || tokens[index - 2]?.type !== 'list_item_open') return
    const head = token.children?.[0]
    const found = head?.type === 'text' ? TASK.exec(head.content) : null
    // A box alone is one too, but not where words stick to it.
    if (!head || !found || (!found[0].endsWith(' ') && token.children?.[1])) return
    head.content = head.content.slice(found[0].length)
    const item = tokens[index - 2] as Token
    item.meta = { task: found[1] === ' ' ? 'open' : 'done' }
  })
}

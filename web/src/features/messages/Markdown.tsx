import { Fragment, type ReactNode } from 'react'
import { cx } from '@/ui/cx'
import { CodeBlock } from './CodeBlock'
import { flat, Link, Spoiler, TaskItem, Words } from './inline'
import { parse, type Token } from './markdown'

type Draw = (children: ReactNode[], token: Token) => ReactNode

// What a pair of tokens becomes. Nothing outside this table and `leaves` ever becomes an element,
// and no attribute is taken from a token but those named here.
const pairs: Record<string, Draw> = {
  paragraph: (children, token) =>
    token.hidden ? children : <p className="not-first:mt-1.5">{children}</p>,
  heading: (children) => <p className="serif not-first:mt-2.5 text-section">{children}</p>,
  bullet_list: (children) => (
    <ul className="my-1 list-disc space-y-0.5 pl-6 marker:text-ink-3">{children}</ul>
  ),
  ordered_list: (children, token) => (
    <ol
      start={Number(token.attrGet('start') ?? 1)}
      className="my-1 list-decimal space-y-0.5 pl-6 marker:text-ink-3 marker:tabular-nums"
    >
      {children}
    </ol>
  ),
  list_item: (children, token) =>
    token.meta?.task ? (
      <TaskItem done={token.meta.task === 'done'}>{children}</TaskItem>
    ) : (
      <li>{children}</li>
    ),
  blockquote: (children) => (
    <blockquote className="my-1.5 rounded-card bg-stone-3 px-3.5 py-2 text-ink-2">
      {children}
    </blockquote>
  ),
  strong: (children) => <strong className="font-bold text-ink-1">{children}</strong>,
  em: (children) => <em>{children}</em>,
  s: (children) => <s className="text-ink-3">{children}</s>,
  link: (children, token) => (
    <Link address={String(token.attrGet('href') ?? '')} auto={token.info === 'auto'}>
      {children}
    </Link>
  ),
  spoiler: (children) => <Spoiler>{children}</Spoiler>,
  table: (children) => (
    <div className="my-1.5 w-fit max-w-full overflow-x-auto rounded-card bg-stone-1">
      <table className="min-w-64 text-left text-ui">{children}</table>
    </div>
  ),
  thead: (children) => <thead className="text-ink-3">{children}</thead>,
  tbody: (children) => <tbody>{children}</tbody>,
  tr: (children) => <tr className="not-first:border-line not-first:border-t">{children}</tr>,
  th: (children) => <th className="px-3.5 py-2 font-strong">{children}</th>,
  td: (children) => (
    <td
      className={cx(
        'px-3.5 py-1.5 align-top',
        // A number keeps its unit beside it; the long columns give way.
        flat(children).length <= SHORT_CELL && 'whitespace-nowrap',
      )}
    >
      {children}
    </td>
  ),
}

const SHORT_CELL = 12

const leaves: Record<string, (token: Token) => ReactNode> = {
  inline: (token) => <Fragment>{draw(token.children ?? [])}</Fragment>,
  text: ({ content }) => (content.includes('@') ? <Words>{content}</Words> : content),
  softbreak: () => <br />,
  hardbreak: () => <br />,
  hr: () => <hr className="my-3 border-line" />,
  code_inline: (token) => (
    <code className="rounded-[5px] bg-stone-3 px-[5px] py-0.5 font-code text-code text-ink-1">
      {token.content}
    </code>
  ),
  fence: (token) => <CodeBlock code={token.content} info={token.info} />,
  code_block: (token) => <CodeBlock code={token.content} info="" />,
  // A picture from elsewhere would tell elsewhere who reads: it is offered as a link.
  image: (token) => (
    <Link address={String(token.attrGet('src') ?? '')} auto={false}>
      {token.content || String(token.attrGet('src') ?? '')}
    </Link>
  ),
}

function stem(token: Token): string {
  return token.type.replace(/_(open|close)$/, '')
}

function close(open: Token, children: ReactNode[], key: number): ReactNode {
  const make = pairs[stem(open)]
  // An element we do not know is left out; what it held stays readable.
  return <Fragment key={key}>{make ? make(children, open) : children}</Fragment>
}

/** Tokens as elements: from a fixed table, never by way of HTML. */
function draw(tokens: readonly Token[]): ReactNode[] {
  const stack: { open: Token | null; children: ReactNode[] }[] = [{ open: null, children: [] }]
  let key = 0
  for (const token of tokens) {
    key += 1
    const top = stack[stack.length - 1] as (typeof stack)[number]
    if (token.nesting === 1) {
      if (token.markup === 'linkify' || token.markup === 'autolink') token.info = 'auto'
      stack.push({ open: token, children: [] })
    } else if (token.nesting === -1) {
      if (stack.length === 1 || !top.open) continue
      stack.pop()
      const parent = stack[stack.length - 1] as (typeof stack)[number]
      parent.children.push(close(top.open, top.children, key))
    } else {
      // A picture inside a link is the link's words: links do not nest.
      const linked = stack.some(({ open }) => open?.type === 'link_open')
      const leaf = token.type === 'image' && linked ? null : leaves[token.type]
      top.children.push(<Fragment key={key}>{leaf ? leaf(token) : token.content}</Fragment>)
    }
  }
  return stack[0]?.children ?? []
}

const MOST_KEPT = 600
const kept = new Map<string, ReactNode>()

/** The elements of a text. The newest few hundred are kept: rows come and go while one scrolls. */
function elements(text: string): ReactNode {
  const known = kept.get(text)
  if (known !== undefined) return known
  const made = draw(parse(text))
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string)
  kept.set(text, made)
  return made
}

/** What a person wrote, as elements. */
export function Markdown({ text }: { text: string }) {
  return <>{elements(text)}</>
}

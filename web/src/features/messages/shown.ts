import { MENTION } from './markdown'

/** A call in what is shown: `from` to `to` stands for this Markdown. */
export interface Call {
  from: number
  to: number
  /** `user:`, `role:` or `channel:` and an id. */
  address: string
  markdown: string
}

/** A text as it is shown in a plain field: names instead of links, and where they stand. */
export interface Shown {
  text: string
  calls: readonly Call[]
}

export const NOTHING: Shown = { text: '', calls: [] }

const LINK = /\[((?:\\.|[^\\[\]\n])*)\]\(([^()\s]+)\)/g
const MARKS = /[\\`*_[\]()<>~|&]/g

/** The Markdown of a call: a link whose words are the name, spelled so that nothing in it is a mark. */
export function linkTo(address: string, name: string): string {
  return `[${name.replace(MARKS, '\\$&')}](${address})`
}

/** What a plain field shows of a Markdown text. */
export function show(markdown: string): Shown {
  const calls: Call[] = []
  let text = ''
  let done = 0
  for (const found of markdown.matchAll(LINK)) {
    const [link, label = '', address = ''] = found
    if (!MENTION.test(address)) continue
    text += markdown.slice(done, found.index)
    const from = text.length
    text += label.replace(/\\(.)/g, '$1')
    calls.push({ from, to: text.length, address, markdown: link })
    done = found.index + link.length
  }
  return { text: text + markdown.slice(done), calls }
}

/** The Markdown of what is shown. */
export function toMarkdown({ text, calls }: Shown): string {
  let made = ''
  let done = 0
  for (const call of calls) {
    made += text.slice(done, call.from) + call.markdown
    done = call.to
  }
  return made + text.slice(done)
}

/**
 * What is shown after the field changed to `text`, with the caret where the change ended. A call
 * that was typed into is a call no longer: its words stay as words.
 */
export function edited(before: Shown, text: string, caret: number): Shown {
  if (before.calls.length === 0) return { text, calls: before.calls }
  const most = Math.min(before.text.length, text.length)
  // What follows the caret was not touched; without this a double letter would be ambiguous.
  let tail = 0
  const tailMost = Math.min(most, text.length - caret)
  while (tail < tailMost && before.text.at(-1 - tail) === text.at(-1 - tail)) tail += 1
  let head = 0
  while (head < most - tail && before.text[head] === text[head]) head += 1
  const end = before.text.length - tail
  const moved = text.length - before.text.length
  const calls = before.calls.flatMap((call) => {
    if (call.to <= head) return [call]
    if (call.from >= end) return [{ ...call, from: call.from + moved, to: call.to + moved }]
    return []
  })
  return { text, calls }
}

/** What is shown with a call put where `from` to `to` stood. */
export function withCall(shown: Shown, from: number, address: string, name: string): Shown {
  const call = { from, to: from + name.length, address, markdown: linkTo(address, name) }
  const calls = [...shown.calls, call].sort((a, b) => a.from - b.from)
  return { text: shown.text, calls }
}

/** The ids of the people who are called by name, each once. */
export function peopleIn({ calls }: Shown): string[] {
  const ids = calls.flatMap(({ address }) =>
    address.startsWith('user:') ? [address.slice('user:'.length)] : [],
  )
  return [...new Set(ids)]
}

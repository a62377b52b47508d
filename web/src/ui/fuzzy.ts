/** How well a text answers what was typed, and which of its letters did. */
export interface Match {
  score: number
  hits: readonly number[]
}

const START = /[\p{L}\p{N}]/u

/** Letters without accents and case, one for one, so that positions stay true. */
function plain(text: string): string {
  return [...Array(text.length).keys()]
    .map((at) => (text[at] ?? '').normalize('NFD').toLowerCase()[0] ?? ' ')
    .join('')
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !START.test(text[at - 1] ?? '')
}

function run(from: number, length: number): number[] {
  return Array.from({ length }, (_, step) => from + step)
}

/** The query in one piece, at the start of a word if possible. */
function whole(text: string, query: string): Match | null {
  let best: Match | null = null
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + 1)) {
    const score = at === 0 ? 100 : isWordStart(text, at) ? 80 : 50
    if (!best || score > best.score) best = { score, hits: run(at, query.length) }
  }
  return best
}

/** The query in pieces, each at the start of a word: "ns" and "nishi" find "night-shift". */
function scattered(text: string, query: string): Match | null {
  const hits: number[] = []
  for (const letter of query) {
    const from = (hits.at(-1) ?? -1) + 1
    const follows = text[from] === letter && hits.length > 0 ? from : -1
    const start = run(from, text.length - from).find(
      (at) => text[at] === letter && isWordStart(text, at),
    )
    const at = follows >= 0 ? follows : start
    if (at === undefined) return null
    hits.push(at)
  }
  const spread = (hits.at(-1) ?? 0) - (hits[0] ?? 0) + 1 - hits.length
  return { score: 40 - Math.min(15, spread), hits }
}

/** Matches what was typed against a text; null when it does not. Shorter texts win a draw. */
export function fuzzy(text: string, typed: string): Match | null {
  const query = plain(typed.trim()).replace(/\s+/g, ' ')
  if (!query) return { score: 0, hits: [] }
  const body = plain(text)
  const found = whole(body, query) ?? scattered(body, query.replaceAll(' ', ''))
  return found && { ...found, score: found.score - Math.min(5, text.length / 20) }
}

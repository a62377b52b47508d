import { fuzzy, type Match } from './fuzzy'

const HOUR = 3_600_000

/** Something that can be offered to who types. */
export interface Candidate {
  text: string
  /** What it may be asked for as well; shown nowhere. */
  alias?: string
  /** When it was last used here. */
  seen?: number | undefined
  /** It needs me: a bit further up. */
  wanted?: boolean
}

/** From 0 (never, or long ago) to 15 (just now); halves about every two days. */
export function recency(seen: number | undefined, now: number): number {
  if (seen === undefined) return 0
  return 15 * 0.5 ** (Math.max(0, now - seen) / (48 * HOUR))
}

/** What answers the query, the best first; with nothing typed, the latest first. */
export function rank<T extends Candidate>(
  candidates: readonly T[],
  typed: string,
  now = Date.now(),
): { item: T; match: Match }[] {
  const found = candidates.flatMap((item) => {
    const match = fuzzy(item.text, typed) ?? unmarked(item.alias, typed)
    if (!match) return []
    const score = match.score + recency(item.seen, now) + (item.wanted ? 4 : 0)
    return [{ item, match, score }]
  })
  return found.sort((a, b) => b.score - a.score)
}

function unmarked(alias: string | undefined, typed: string): Match | null {
  const match = alias ? fuzzy(alias, typed) : null
  return match && { ...match, hits: [] }
}

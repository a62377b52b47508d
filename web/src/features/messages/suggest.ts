import { rank } from '@/ui/ranking'
import type { Found, Suggestion } from './completion'

/** As many as one looks through at a glance. */
const MOST = 8
// What `fuzzy` gives at least for the query in one piece, and at the beginning of a word.
const IN_ONE = 45
const BEGINNING = 75

/** What answers a query, the best first: who spoke here last, then by name. */
export function suggest(candidates: readonly Suggestion[], typed: string, now: number): Found[] {
  const words = typed.trim()
  const near = rank(
    candidates.filter((one) => !one.beside),
    words,
    now,
  )
  const far = rank(
    candidates.filter((one) => one.beside),
    words,
    now,
  )
  const found = words === '' ? [...calm(near), ...far] : [...near, ...far]
  return found.filter(exact(words)).slice(0, MOST)
}

/** With nothing typed some room is left for what is not a person: it would else never be seen. */
function calm<T extends { item: Suggestion }>(found: readonly T[]): T[] {
  const people = found.filter(({ item }) => item.kind === 'person' || item.kind === 'channel')
  const others = found.filter((one) => !people.includes(one))
  const room = Math.max(MOST - others.length, MOST - 3)
  return [...people.slice(0, room), ...others, ...people.slice(room)]
}

/**
 * A text that goes on behind a name is a text: only what matches it in one piece is offered. Of a
 * single letter only the beginning of a word is meant.
 */
function exact(words: string): (found: Found) => boolean {
  const least = words.length === 1 ? BEGINNING : words.includes(' ') ? IN_ONE : 0
  return ({ match }) => match.score >= least
}

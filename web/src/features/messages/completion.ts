import type { Channel, User } from '@/api/types'
import type { Match } from '@/ui/fuzzy'
import { type Candidate, rank } from '@/ui/ranking'

/** What is being completed: `@` calls somebody, `#` names a place. */
export interface Query {
  sign: '@' | '#'
  /** What was typed after the sign. */
  typed: string
  /** Where the sign stands. */
  from: number
}

/** Somebody or something that can be called, and what is put for it. */
export interface Suggestion extends Candidate {
  key: string
  kind: 'person' | 'role' | 'everyone' | 'channel'
  /** The sign and the name as they stand in the text. */
  insert: string
  /** `user:…`, `role:…`, `channel:…`; null for plain words such as `@here`. */
  address: string | null
  /** Beside the name, quieter. */
  note: string
  /** Who or where it is, to be drawn. */
  user?: User
  channel?: Channel
  /** They cannot see this place, or it tells nobody: offered last. */
  beside?: boolean
}

/** One line of the list. */
export interface Found {
  item: Suggestion
  match: Match
}

/** As many as one looks through at a glance. */
const MOST = 8
const LONGEST = 40
const TOKEN = /(?:^|[\s([{"'“‘„«/*_~|>—–-])([@#])((?:[^\s@#`]+(?: [^\s@#`]+){0,2})?)$/u

/** What is completed where the caret stands, if anything. In code nobody is called. */
export function queryAt(text: string, caret: number): Query | null {
  const before = text.slice(0, caret)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const found = TOKEN.exec(line)
  const [sign, typed = ''] = [found?.[1], found?.[2]]
  if (!found || (sign !== '@' && sign !== '#') || typed.length > LONGEST) return null
  if (inCode(before, line)) return null
  return { sign, typed, from: caret - typed.length - 1 }
}

function inCode(before: string, line: string): boolean {
  const fences = before.match(/^ {0,3}```/gm)?.length ?? 0
  const ticks = line.match(/`/g)?.length ?? 0
  return fences % 2 === 1 || ticks % 2 === 1
}

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

/** A text that goes on behind a name is a text: only what still matches in one piece is offered. */
function exact(words: string): (found: Found) => boolean {
  return ({ match }) => !words.includes(' ') || match.score >= 45
}

import type { Channel, User } from '@/api/types'
import type { Match } from '@/ui/fuzzy'
import type { Candidate } from '@/ui/ranking'

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

import type { TextId } from '@/ui/text'

// What the server takes.
const SHORTEST = 10
const LONGEST = 256

/** What can be said about a password while it is typed. The server has the last word. */
export interface PasswordAdvice {
  tone: 'empty' | 'short' | 'weak' | 'good'
  text: TextId
  values?: Record<string, number>
}

/** Advice on a password for a person with this name and address. */
export function passwordAdvice(password: string, about: string[]): PasswordAdvice {
  const length = [...password].length
  if (length === 0) return { tone: 'empty', text: 'accounts.password.hint' }
  if (length < SHORTEST) {
    return { tone: 'short', text: 'accounts.password.short', values: { more: SHORTEST - length } }
  }
  if (length > LONGEST) return { tone: 'weak', text: 'accounts.password.long' }
  if (new Set(password.toLowerCase()).size < 5) {
    return { tone: 'weak', text: 'accounts.password.same' }
  }
  if (contains(password, about)) return { tone: 'weak', text: 'accounts.password.about' }
  return { tone: 'good', text: 'accounts.password.good' }
}

function contains(password: string, about: string[]): boolean {
  const small = password.toLowerCase()
  const words = about.flatMap((text) => text.toLowerCase().split(/[\s@.,-]+/))
  // A long phrase may well hold a name; a short password that does is the name.
  return small.length < 16 && words.some((word) => word.length >= 4 && small.includes(word))
}

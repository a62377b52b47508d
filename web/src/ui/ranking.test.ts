import { expect, it } from 'vitest'
import { fuzzy } from './fuzzy'
import { rank, recency } from './ranking'

const HOUR = 3_600_000
const now = 1_000 * HOUR
const letters = (text: string, typed: string) =>
  fuzzy(text, typed)
    ?.hits.map((at) => text[at])
    .join('')
const order = (typed: string, ...texts: string[]) =>
  rank(
    texts.map((text) => ({ text })),
    typed,
    now,
  ).map(({ item }) => item.text)

it('marks the letters that match, accents and case aside', () => {
  expect(letters('Consent wording', 'cons')).toBe('Cons')
  expect(letters('Shorten the consent page', 'CONS')).toBe('cons')
  expect(letters('Équipe santé', 'sante')).toBe('santé')
  expect(letters('night-shift', 'ns')).toBe('ns')
  expect(fuzzy('night-shift', 'xy')).toBeNull()
})

it('prefers the beginning, then a word, then the middle, then pieces of words', () => {
  expect(order('in', 'i-need', 'bo-in-law', 'intake', 'training', 'ethics board')).toEqual([
    'intake',
    'bo-in-law',
    'training',
    'i-need',
  ])
})

it('finds initials and forgives missing spaces', () => {
  expect(order('ip', 'shipping', 'intake-pilot')).toEqual(['shipping', 'intake-pilot'])
  expect(letters('intake-pilot', 'ipi')).toBe('ipi')
  expect(letters('night-shift', 'nishi')).toBe('nishi')
  expect(fuzzy('Ethics board', 'co')).toBeNull()
  expect(letters('mark all read', 'markread')).toBe('markread')
})

it('puts what was used lately above its equals', () => {
  const found = rank(
    [
      { text: 'ward-a', seen: now - 100 * HOUR },
      { text: 'ward-b', seen: now - HOUR },
      { text: 'ward-c' },
    ],
    'ward',
    now,
  )
  expect(found.map(({ item }) => item.text)).toEqual(['ward-b', 'ward-a', 'ward-c'])
})

it('lists the latest first when nothing is typed', () => {
  const found = rank([{ text: 'a', seen: 1 }, { text: 'b', seen: now }, { text: 'c' }], '', now)
  expect(found[0]?.item.text).toBe('b')
})

it('lets recency fade', () => {
  expect(recency(now, now)).toBe(15)
  expect(recency(now - 48 * HOUR, now)).toBe(7.5)
  expect(recency(undefined, now)).toBe(0)
})

it('finds by another name, of which nothing is marked', () => {
  const talk = { text: 'Esi Boateng', alias: 'Message Esi Boateng' }
  // mutant: rank without `?? unmarked(item.alias, typed)`
  expect(rank([talk], 'message esi', now)).toMatchObject([{ item: talk, match: { hits: [] } }])
})

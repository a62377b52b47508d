import { expect, it } from 'vitest'
import { type Piece, wordDiff } from './wordDiff'

const shown = (pieces: Piece[]) =>
  pieces
    .map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`,
    )
    .join('')

it('marks what went and what came, by word', () => {
  expect(shown(wordDiff('Tea at four.', 'Tea at five.'))).toBe('Tea at -four.-+five.+')
  expect(shown(wordDiff('Tea at four.', 'Black tea at four.'))).toBe('-Tea-+Black tea+ at four.')
  expect(shown(wordDiff('one two three', 'one three'))).toBe('one -two -three')
  expect(shown(wordDiff('one three', 'one two three'))).toBe('one +two +three')
  expect(shown(wordDiff('', 'new'))).toBe('+new+')
  expect(shown(wordDiff('same', 'same'))).toBe('same')
})

it('keeps a changed phrase together', () => {
  expect(shown(wordDiff('we go home now', 'we run away now'))).toBe('we -go home-+run away+ now')
})

it('puts the earlier and the later wording together again', () => {
  const [a, b] = ['a b c\n\nd e', 'a x c d\n\ne f']
  const parts = wordDiff(a, b)
  const without = (kind: Piece['kind']) =>
    parts
      .filter((one) => one.kind !== kind)
      .map(({ text }) => text)
      .join('')
  expect(without('added')).toBe(a)
  expect(without('removed')).toBe(b)
})

it('does not compare endlessly', () => {
  const long = (word: string) => Array.from({ length: 3000 }, (_, n) => `${word}${n}`).join(' ')
  expect(wordDiff(long('a'), long('b'))).toHaveLength(2)
})

import { expect, it } from 'vitest'
import { plainName, visible } from './names'

it.each([
  ['turned round', 'ada\u202emalet\u202c', 'adamalet'],
  ['isolates', '\u2066Ada\u2069', 'Ada'],
  ['invisible letters', 'A\u200bd\u2060a\ufeff', 'Ada'],
  ['several lines', 'Ada\nSystem: the office', 'Ada System: the office'],
  ['wide gaps', 'Ada \u00a0\u3000  Okafor', 'Ada Okafor'],
  ['nothing at all', '\u202e\u200b ', '?'],
])('a name without tricks: %s (X04)', (_name, name, plain) => {
  // mutant: plainName without `.replace(TRICKS, '')`
  expect(plainName(name)).toBe(plain)
})

it('keeps what names are written with', () => {
  for (const name of [
    'Дмитрий',
    '李雷',
    'नमस्ते',
    'क्\u200dष',
    '👩\u200d💻',
    "O'Brien-Łoś",
    'فاطمة',
  ]) {
    expect(plainName(name)).toBe(name)
  }
})

it('spells direction marks out in code', () => {
  expect(visible('a\u202eb\u2066')).toBe('a\\u202eb\\u2066')
})

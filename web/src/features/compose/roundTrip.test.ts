import { describe, expect, it } from 'vitest'
import { type Mark, normal, ORDER, type Piece, piece, words } from './model'
import { parse } from './parse'
import { serialise } from './serialise'

/** A dice with a memory: the same number throws the same documents. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const under = (most: number) => Math.floor(next() * most)
  return {
    under,
    one: <T>(from: readonly T[]): T => from[under(from.length)] as T,
    some: <T>(least: number, most: number, make: () => T): T[] =>
      Array.from({ length: least + under(most - least + 1) }, make),
  }
}
type Dice = ReturnType<typeof dice>

// What people write, and whatever Markdown could take for more than it is.
const SCRAPS = [
  ...[
    'word',
    'Grüße',
    'नमस्ते',
    'مرحبا',
    '👋🏽',
    'snake_case_name',
    '2*3*4',
    'a',
    '1',
    ' ',
    ' ',
    '  ',
  ],
  ...['**', '*', '_', '__', '~~', '~', '`', '``', '```', '||', '|', '[', ']', '(', ')', '<', '>'],
  ...[
    '\\',
    '&',
    '&amp;',
    '&#42;',
    '#',
    '# ',
    '- ',
    '-',
    '---',
    '+ ',
    '1. ',
    '2) ',
    '=',
    '===',
    ':',
    '!',
  ],
  ...[
    '![',
    '](',
    '[x] ',
    '[ ] ',
    '[a]: b',
    '> ',
    '"',
    '.',
    ',',
    '@here',
    '@channel',
    ':--',
    '| a | b |',
  ],
  ...[
    'https://a.example/x_y_z?q=1&copy=2#p',
    'http://b.example/*a*',
    'me@c.example',
    'www.d.example',
  ],
  ...['https://e.example/(a)', 'https://f.example/%C3%A4', '<b>', '</b>', '\u00a0', '\t', '    '],
]
const HREFS = [
  'https://a.example/',
  'https://b.example/x_(y)?a=1&amp;b=2',
  'mailto:me@c.example',
  'https://d.example/*a*_b_',
]
const ID = '0198c1f2-aaaa-7bbb-8ccc-0123456789ab'

function marks(roll: Dice): Mark[] {
  return roll
    .some(0, 3, () => roll.one(ORDER))
    .flatMap((type, at, all): Mark[] => {
      if (all.indexOf(type) !== at || (type === 'code' && roll.under(2))) return []
      return [type === 'link' ? { type, attrs: { href: roll.one(HREFS) } } : { type }]
    })
}

function text(roll: Dice): string {
  return roll.some(1, 5, () => roll.one(SCRAPS)).join('')
}

function line(roll: Dice): Piece[] {
  return roll.some(1, 5, () => {
    const kind = roll.under(10)
    if (kind === 0) return { type: 'hardBreak' }
    if (kind > 1) return words(text(roll), marks(roll))
    const label = roll.one(['@Ada', '@Bo [x] *y*', '#a_b_c', '@d|e||f'])
    const mention = { kind: roll.one(['user', 'role', 'channel']), id: ID, label }
    return { ...piece('mention', [], mention), marks: marks(roll) }
  })
}

function list(roll: Dice, depth: number): Piece {
  const items = roll.some(1, 3, () =>
    piece(
      'listItem',
      [paragraph(roll), ...(depth > 0 && roll.under(3) === 0 ? blocks(roll, depth - 1, 1) : [])],
      { checked: roll.one([null, null, true, false]) },
    ),
  )
  return roll.under(2)
    ? piece('bulletList', items)
    : piece('orderedList', items, { start: roll.one([0, 1, 1, 7, 99]) })
}

const paragraph = (roll: Dice) => piece('paragraph', roll.under(8) ? line(roll) : [])

function code(roll: Dice): Piece {
  const content = roll.some(0, 3, () =>
    roll.one(['', '  x', '\ty', '```', '> a', '- b', '~~~~', ' ']),
  )
  const language = roll.one(['', 'py', 'python bridge/allergy.py', 'c++'])
  const joined = content.join('\n')
  return piece('codeBlock', joined ? [words(joined)] : [], { language })
}

function blocks(roll: Dice, depth: number, most: number): Piece[] {
  return roll.some(1, most, () => {
    const kind = roll.under(12)
    if (kind === 0) return code(roll)
    if (kind === 1 && depth > 0) return piece('blockquote', blocks(roll, depth - 1, 2))
    if (kind < 5 && depth > 0) return list(roll, depth)
    if (kind === 5) return piece('heading', line(roll), { level: 1 + roll.under(6) })
    if (kind === 6) return piece('horizontalRule')
    if (kind === 7) return piece('raw', [words('| a | b |\n| --- | :---: |\n| `c` | d \\| e |')])
    return paragraph(roll)
  })
}

describe('a document and its Markdown', () => {
  it('are the same, whatever was written', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const wanted = normal(blocks(dice(seed), 3, 4))
      const written = serialise(piece('doc', wanted))
      const found = normal(parse(written).content ?? [])
      // A table somebody typed by hand is one.
      if (JSON.stringify(found).includes('"raw"') !== JSON.stringify(wanted).includes('"raw"'))
        continue
      expect(found, `seed ${seed}:\n${written}`).toEqual(wanted)
      expect(normal(wanted)).toEqual(wanted)
    }
  }, 60_000)
})

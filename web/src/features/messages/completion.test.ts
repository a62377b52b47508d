import { describe, expect, it } from 'vitest'
import { queryAt, type Suggestion } from './completion'
import { suggest } from './suggest'

const NOW = 1_800_000_000_000
const person = (text: string, more: Partial<Suggestion> = {}): Suggestion => ({
  ...{ key: text, kind: 'person', text, insert: `@${text}`, address: `user:${text}`, note: '' },
  ...more,
})
const keys = (all: Suggestion[], typed: string) => suggest(all, typed, NOW).map((f) => f.item.key)

describe('what is completed', () => {
  it.each([
    ['@', '@', ''],
    ['Hello @ad', '@', 'ad'],
    ['Hello @ada ok', '@', 'ada ok'],
    ['(@ada', '@', 'ada'],
    ['one\n#br', '#', 'br'],
    ['**@ada', '@', 'ada'],
  ])('%s', (text, sign, typed) => {
    expect(queryAt(text, text.length)).toEqual({ sign, typed, from: text.lastIndexOf(sign) })
  })

  it.each([
    '',
    'ada@example',
    'a#1',
    '@ ada',
    '# Title',
    '```\n@ada',
    '`@ada',
    '@ada ',
    '@ada\nand',
    '@a b c d e',
  ])('nothing in: %s', (text) => expect(queryAt(text, text.length)).toBeNull())

  it('looks only before the caret', () => {
    expect(queryAt('@ad and more', 3)).toEqual({ sign: '@', typed: 'ad', from: 0 })
    expect(queryAt('```\nx\n```\n@a', 12)?.typed).toBe('a')
  })
})

describe('what is offered', () => {
  it('begins with who spoke last', () => {
    const all = [person('Ada'), person('Bo', { seen: NOW - 9e7 }), person('Cy', { seen: NOW })]
    expect(keys(all, '')).toEqual(['Cy', 'Bo', 'Ada'])
  })

  it('finds a name by its words, and the recent of two first', () => {
    const all = [person('Ada Okafor'), person('Ada Osei', { seen: NOW - 1000 }), person('Bo')]
    expect(keys(all, 'ada o')).toEqual(['Ada Osei', 'Ada Okafor'])
    expect(keys(all, 'okaf')).toEqual(['Ada Okafor'])
  })

  it('offers two people of one name', () => {
    expect(keys([person('Ada', { key: '1' }), person('Ada', { key: '2' })], 'ada')).toHaveLength(2)
  })

  it('puts those who cannot see the place last', () => {
    const all = [person('Ada', { beside: true, seen: NOW }), person('Madam')]
    expect(keys(all, 'ada')).toEqual(['Madam', 'Ada'])
  })

  it('leaves room for everybody at once', () => {
    const crowd = [...Array(30).keys()].map((n) => person(`P${n}`, { seen: NOW }))
    const all = [...crowd, person('here', { kind: 'everyone' })]
    expect(keys(all, '')).toHaveLength(8)
    expect(keys(all, '')).toContain('here')
  })

  it('takes a single letter for a beginning', () => {
    expect(keys([person('Ada Okafor'), person('Bo Madoc')], 'o')).toEqual(['Ada Okafor'])
  })

  it('ends where the text goes on behind the name', () => {
    expect(keys([person('Ada Canning-Young')], 'ada can y')).toEqual([])
    expect(keys([person('Ada Canning-Young')], 'acy')).toEqual(['Ada Canning-Young'])
  })
})

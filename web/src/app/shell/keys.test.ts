import { expect, it } from 'vitest'
import { matches } from './keys'

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
})

it('wants exactly the keys that are named', () => {
  expect(matches('mod+k', press('k', { ctrlKey: true }), true, false)).toBe(true)
  expect(matches('mod+k', press('k', { metaKey: true }), true, true)).toBe(true)
  expect(matches('mod+k', press('k', { metaKey: true }), true, false)).toBe(false)
  expect(matches('mod+k', press('K', { ctrlKey: true, shiftKey: true }), true, false)).toBe(false)
  expect(matches('alt+down', press('ArrowDown', { altKey: true }), true, false)).toBe(true)
  expect(
    matches('alt+down', press('ArrowDown', { altKey: true, shiftKey: true }), false, false),
  ).toBe(false)
  expect(matches('shift+escape', press('Escape', { shiftKey: true }), true, false)).toBe(true)
  expect(matches('escape', press('Escape', { shiftKey: true }), true, false)).toBe(false)
})

it('leaves plain signs to who is typing', () => {
  expect(matches('?', press('?', { shiftKey: true }), false, false)).toBe(true)
  expect(matches('?', press('?', { shiftKey: true }), true, false)).toBe(false)
  expect(matches('escape', press('Escape'), true, false)).toBe(true)
})

it('does not take the letters a Mac writes with Option', () => {
  const at = press('@', { altKey: true, code: 'KeyL' })
  expect(matches('alt+l', at, true, true)).toBe(false)
  expect(matches('alt+l', at, false, true)).toBe(true)
  expect(matches('alt+n', press('n', { altKey: true, code: 'KeyN' }), true, false)).toBe(true)
})

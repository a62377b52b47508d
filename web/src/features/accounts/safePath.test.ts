import { expect, it } from 'vitest'
import { safePath } from './safePath'

it('keeps a path of our own', () => {
  expect(safePath('/g/1?at=2#m')).toBe('/g/1?at=2#m')
})

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
  'evil',
  '',
  null,
  7,
])('refuses %j', (value) => {
  expect(safePath(value)).toBeNull()
})

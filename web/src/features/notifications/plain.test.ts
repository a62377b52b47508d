import { expect, it } from 'vitest'
import { plainly } from './plain'

it('says what was written without its marks, on one line', () => {
  expect(plainly('Hi [@Ada](user:1), **see** [this](https://example.org/a)')).toBe(
    'Hi @Ada, see this',
  )
  expect(plainly('# Plan\n- one\n- two\n\n> three')).toBe('Plan one two three')
  expect(plainly('```py\nx = 1\n```')).toBe('x = 1')
  expect(plainly('2 * 3 and snake_case stay')).toBe('2 * 3 and snake_case stay')
})

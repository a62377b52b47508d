import { expect, it } from 'vitest'
import { toggled, trio } from './reactions'

it('gives a reaction and takes it back', () => {
  const given = toggled([], '👀', 'ada')
  expect(given).toEqual([{ emoji: '👀', count: 1, users: ['ada'] }])
  expect(toggled(given, '👀', 'ada')).toEqual([])
})

it('leaves what others gave', () => {
  const list = [{ emoji: '👀', count: 40, users: ['bo', 'cy'] }]
  const given = toggled(list, '👀', 'ada')
  expect(given).toEqual([{ emoji: '👀', count: 41, users: ['bo', 'cy', 'ada'] }])
  expect(toggled(given, '👀', 'ada')).toEqual(list)
})

it('always has three to offer, each once', () => {
  expect(trio([])).toEqual(['👍', '✅', '👀'])
  expect(trio(['🎉', '👀'])).toEqual(['🎉', '👀', '👍'])
})

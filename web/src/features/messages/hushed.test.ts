import { expect, it } from 'vitest'
import type { Channel } from '@/api/types'
import { heard, partner } from './hushed'

it('counts reactions without those of the blocked', () => {
  const reactions = [
    { emoji: '👍', count: 12, users: ['ada', 'bo', 'cy'] },
    { emoji: '🎉', count: 1, users: ['bo'] },
  ]
  expect(heard(reactions, ['bo', 'dee'])).toEqual([
    { emoji: '👍', count: 11, users: ['ada', 'cy'] },
  ])
})

it('knows the other one of two, and nobody among more or in a group', () => {
  const channel = (group_id: string | null, ...people: string[]) =>
    ({ group_id, people }) as unknown as Channel
  expect(partner(channel(null, 'me', 'bo'), 'me')).toBe('bo')
  expect(partner(channel(null, 'me', 'bo', 'cy'), 'me')).toBe(null)
  expect(partner(channel(null, 'me'), 'me')).toBe(null)
  expect(partner(channel('g', 'me', 'bo'), 'me')).toBe(null)
  expect(partner(undefined, 'me')).toBe(null)
})

import { expect, it } from 'vitest'
import type { Invite } from '@/api/types'
import { inviteWords, isLiving, tokenIn } from './invites'

const token = 'q3Zt-8sK_2mVxW1cYp0aRg'
const now = Date.parse('2026-11-22T12:00:00Z')
const invite = (change: Partial<Invite>): Invite => ({
  id: 'i',
  role_id: 'r',
  created_by: 'u',
  created_at: '2026-11-22T10:00:00Z',
  expires_at: null,
  max_uses: null,
  uses: 0,
  revoked: false,
  ...change,
})

it('finds the token in whatever was pasted', () => {
  expect(tokenIn(` https://yard.example/join/${token} `)).toBe(token)
  expect(tokenIn(`https://yard.example/join/${token}?from=mail#x`)).toBe(token)
  expect(tokenIn(`/join/${token}/`)).toBe(token)
  expect(tokenIn(token)).toBe(token)
  expect(tokenIn('hello there')).toBeNull()
  expect(tokenIn('')).toBeNull()
})

it('knows which links still let somebody in', () => {
  expect(isLiving(invite({}), now)).toBe(true)
  expect(isLiving(invite({ revoked: true }), now)).toBe(false)
  expect(isLiving(invite({ expires_at: '2026-11-22T11:59:00Z' }), now)).toBe(false)
  expect(isLiving(invite({ max_uses: 3, uses: 3 }), now)).toBe(false)
  expect(isLiving(invite({ max_uses: 3, uses: 2 }), now)).toBe(true)
})

it('says what is left of a link', () => {
  expect(
    inviteWords(invite({ max_uses: 10, uses: 2, expires_at: '2026-11-27T12:00:00Z' }), now),
  ).toBe('Used 2 of 10 times, ends in 5 days')
  expect(inviteWords(invite({ uses: 1 }), now)).toBe('Used once, never ends')
})

import { expect, it } from 'vitest'
import { passwordAdvice } from './password'

const about = ['Ada Okafor', 'ada@st-brigid.example']

it('counts down to long enough', () => {
  expect(passwordAdvice('', about).tone).toBe('empty')
  expect(passwordAdvice('abc', about)).toMatchObject({ tone: 'short', values: { more: 7 } })
  expect(passwordAdvice('quiet stone lamp', about).tone).toBe('good')
})

it('sees what is easy to guess', () => {
  expect(passwordAdvice('aaaaaaaaaaaa', about).text).toBe('accounts.password.same')
  expect(passwordAdvice('okafor2026!', about).text).toBe('accounts.password.about')
  expect(passwordAdvice('brigid-1234', about).text).toBe('accounts.password.about')
})

it('counts letters, not bytes', () => {
  expect(passwordAdvice('🌳🌳🌳🌳🌳', about).tone).toBe('short')
})

import { expect, it } from 'vitest'
import type { Rule } from '@/api/types'
import { same, setStand, standOf, subjectOf } from './rules'

const everyone: Rule = { subject_kind: 'everyone', subject_id: null, allow: [], deny: ['post'] }

it('says how a subject stands to a permission', () => {
  expect(standOf([everyone], 'everyone', 'post')).toBe('deny')
  expect(standOf([everyone], 'everyone', 'view')).toBe('inherit')
  expect(standOf([everyone], 'role:1', 'post')).toBe('inherit')
})

it('sets one permission and keeps the others', () => {
  const rules = setStand([everyone], 'role:1', 'post', 'allow')
  expect(standOf(rules, 'role:1', 'post')).toBe('allow')
  expect(standOf(rules, 'everyone', 'post')).toBe('deny')
  expect(rules.map(subjectOf)).toEqual(['everyone', 'role:1'])
  expect(standOf(setStand(rules, 'role:1', 'post', 'deny'), 'role:1', 'post')).toBe('deny')
})

it('is as before once a change was taken back', () => {
  const rules = setStand([everyone], 'role:1', 'post', 'allow')
  expect(same([everyone], rules)).toBe(false)
  expect(same([everyone], setStand(rules, 'role:1', 'post', 'inherit'))).toBe(true)
})

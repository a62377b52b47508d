import { expect, it } from 'vitest'
import { groupInitials, personInitials, stableHue } from './initials'

it('takes first and last letter of a person', () => {
  expect(personInitials('Ada Lovelace Okafor')).toBe('AO')
  expect(personInitials('bo')).toBe('B')
  expect(personInitials('  ')).toBe('')
})

it('keeps letters whole that are made of several characters', () => {
  expect(personInitials('क्षमा राव')).toBe('क्षरा')
})

it('knows groups with a number', () => {
  expect(groupInitials('Ward 3')).toBe('W3')
  expect(groupInitials('Discharge redesign')).toBe('Di')
  expect(groupInitials('ethics')).toBe('Et')
})

it('gives everyone a hue that stays', () => {
  expect(stableHue('0190-a')).toBe(stableHue('0190-a'))
  expect(stableHue('0190-a')).toBeGreaterThanOrEqual(1)
  expect(stableHue('')).toBeLessThanOrEqual(8)
})

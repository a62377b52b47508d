import { beforeEach, expect, it } from 'vitest'
import { dropDraft, keepDraft, readDraft } from './draft'

beforeEach(() => sessionStorage.clear())

it('survives a reload, with the same name for the creation of the group', () => {
  const draft = { ...readDraft(), step: 3 as const, workspace: 'St Brigid Clinic' }
  keepDraft(draft)
  expect(readDraft()).toEqual(draft)
})

it('starts afresh when done, or when what was kept cannot be read', () => {
  keepDraft({ ...readDraft(), step: 4 })
  dropDraft()
  expect(readDraft().step).toBe(1)
  sessionStorage.setItem('courtyard.setup', '{')
  expect(readDraft().step).toBe(1)
})

it('has no room for secrets', () => {
  expect(Object.keys(readDraft()).filter((key) => /password|code/i.test(key))).toEqual([])
})

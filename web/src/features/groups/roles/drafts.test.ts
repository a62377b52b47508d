import { expect, it } from 'vitest'
import type { Role } from '@/api/types'
import { changed, countChanges, type Draft, draftOf, moved, toggled } from './drafts'

const role = (id: string, permissions: string[], kind: Role['kind'] = 'custom'): Role => ({
  id,
  name: id,
  kind,
  position: 1,
  permissions,
  members: 3,
})

it('counts what differs, and nothing once it is as before', () => {
  const ward = role('ward', ['view', 'post'])
  const more = toggled(draftOf(ward), 'mention_all', true)
  expect(countChanges(ward, more)).toBe(1)
  expect(countChanges(ward, toggled(more, 'mention_all', false))).toBe(0)
  expect(countChanges(ward, { ...more, name: 'Ward staff' })).toBe(2)
  expect(countChanges(ward, { ...draftOf(ward), name: '  ward ' })).toBe(0)
})

it('knows the roles that are to be saved', () => {
  const [one, two] = [role('one', ['view']), role('two', ['view'])]
  const drafts: Record<string, Draft> = {
    one: toggled(draftOf(one), 'post', true),
    two: draftOf(two),
    gone: draftOf(role('gone', [])),
  }
  expect(changed([one, two], drafts).map(({ role: { id } }) => id)).toEqual(['one'])
})

it('moves one among the others', () => {
  expect(moved(['a', 'b', 'c', 'd'], 'd', 1)).toEqual(['a', 'd', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b'], 'a', 0)).toEqual(['a', 'b'])
})

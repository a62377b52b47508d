import { beforeAll, expect, it } from 'vitest'
import type { Channel, User } from '@/api/types'
import { loadLocale } from '@/ui/text'
import { peopleBeside } from './acquaintances'
import { conversationsOf, othersOf, talkName } from './conversations'

beforeAll(() => loadLocale('en'))

const person = (name: string, more: Partial<User> = {}) =>
  ({ id: name.toLowerCase(), name, active: true, ...more }) as User
const talk = (id: string, last_position: number, more: Partial<Channel> = {}) =>
  ({ id, group_id: null, followed: true, last_position, ...more }) as Channel

it('is called after the others: whole when it is one, by first names when more', () => {
  const [ada, bo, cy] = [person('Ada Okafor'), person('Bo Brandt'), person('Cy')]
  const more = [ada, bo, cy, person('Dee')]
  expect(talkName([])).toBe('Notes to self')
  expect(talkName([ada])).toBe('Ada Okafor')
  expect(talkName([ada, bo])).toBe('Ada and Bo')
  expect(talkName([ada, bo, cy])).toBe('Ada, Bo and Cy')
  expect(talkName(more)).toBe('Ada, Bo and 2 more')
})

it('leaves me out of those I talk with', () => {
  expect(othersOf({ group_id: null, people: ['me', 'a'] }, 'me')).toEqual(['a'])
  expect(othersOf({ group_id: 'g', people: null }, 'me')).toEqual([])
})

it('lists the newest talk first, closed ones only while they are open', () => {
  const all = [
    talk('old', 1),
    talk('new', 9),
    talk('closed', 5, { followed: false }),
    talk('channel', 7, { group_id: 'g' }),
  ]
  const ids = (openId: string | null) => conversationsOf(all, openId).map(({ id }) => id)
  expect(ids(null)).toEqual(['new', 'old'])
  expect(ids('closed')).toEqual(['new', 'closed', 'old'])
})

it('knows each person once, as told last, without me and those who left', () => {
  const told = [
    person('Me'),
    person('Bo'),
    person('Ada'),
    person('Gone', { active: false }),
    person('Bo', { title: 'Porter' }),
  ]
  const known = peopleBeside('me', told)
  expect(known.map(({ name }) => name)).toEqual(['Ada', 'Bo'])
  expect(known[1]?.title).toBe('Porter')
})

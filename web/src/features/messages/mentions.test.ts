import { expect, it } from 'vitest'
import { called } from './mentions'

const ID = '00000000-0000-4000-8000-000000000001'

it('reads whom a text calls', () => {
  const call = called(`[@Ada](user:${ID}) and [@Nurses](role:${ID}), @here`)
  expect([...call.users, ...call.roles]).toEqual([ID, ID])
  expect([call.here, call.channel]).toEqual([true, false])
  expect(called('(@channel)').channel).toBe(true)
})

it.each([
  'nobody',
  '`@channel`',
  '```\n@channel\n```',
  'ada@channel',
  '@channel-two',
  '@@channel',
  'x/@channel',
  `\`[@Ada](user:${ID})\``,
])('calls nobody: %s', (text) => {
  const call = called(text)
  expect([call.users.size, call.here, call.channel]).toEqual([0, false, false])
})

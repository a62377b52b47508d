import { expect, it } from 'vitest'
import { describeDevice } from './device'

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
    { browser: 'Chrome', system: 'Linux', handheld: false },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile/15E148 Safari/604.1',
    { browser: 'Safari', system: 'iPhone', handheld: true },
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0',
    { browser: 'Edge', system: 'Windows', handheld: false },
  ],
  ['curl/8', { browser: null, system: null, handheld: false }],
])('reads %s', (agent, expected) => {
  expect(describeDevice(agent)).toEqual(expected)
})

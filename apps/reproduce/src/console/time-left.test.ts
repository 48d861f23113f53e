import { expect, it } from 'vitest'
import { timeLeft } from './time-left.ts'

it('says how many runs are done and how long the rest takes, at the pace so far', () => {
  let now = 0
  const left = timeLeft(4, () => now)
  expect(left.toString()).toBe('0 of 4 runs done')
  now = 60_000
  left.update('a', 0, 1)
  left.finish('a')
  left.update('b', 0.5, 0.75)
  expect(left.toString()).toBe('1 of 4 runs done, 1:48 left')
  for (const run of ['b', 'c', 'd']) left.finish(run)
  expect(left.toString()).toBe('4 of 4 runs done')
})

import { expect, it } from 'vitest'
import type { RunResult } from '../run-result.ts'
import { overshooting } from './overshooting.ts'
import { unfinishedFit } from './unfinished-fit.ts'

const run = (...accuracies: readonly number[]): RunResult =>
  ({
    evaluations: accuracies.map((accuracy) => ({ split: 'train', population: 'all', accuracy })),
  }) as unknown as RunResult

it('says how much training accuracy is lost again, where it is much', () => {
  expect(overshooting([run(0.1, 0.5, 0.9, 1), run(0.1, 0.7, 0.45, 1)])).toMatch(
    /^The weights overshoot: .* up to 25\.0 points of training accuracy are lost again\./,
  )
  expect(overshooting([run(0.1, 0.5, 0.45, 1)])).toBeUndefined()
  expect(overshooting([])).toBeUndefined()
})

it('says what part is fitted where training ends early', () => {
  expect(unfinishedFit([1, 0.93])).toMatch(/not come to its end: 93\.0% of the training examples/)
  expect(unfinishedFit([1, 1])).toBeUndefined()
  expect(unfinishedFit([])).toBeUndefined()
})

import { expect, it } from 'vitest'
import type { RunResult } from '../../run-result.ts'
import { memorisedAt } from './memorised-at.ts'

const run = {
  evaluations: [0, 0.4, 0.8].flatMap((pristine, step) => [
    { step, split: 'train', population: 'pristine', accuracy: pristine },
    { step, split: 'train', population: 'corrupt', accuracy: step / 10 },
  ]),
} as unknown as RunResult

it('reads between evaluations, and takes the end where so much is never learned', () => {
  expect(memorisedAt(run, 0)).toBe(0)
  expect(memorisedAt(run, 0.4)).toBeCloseTo(0.1)
  expect(memorisedAt(run, 0.6)).toBeCloseTo(0.15)
  expect(memorisedAt(run, 0.9)).toBeCloseTo(0.2)
})

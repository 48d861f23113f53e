import { describe, expect, it } from 'vitest'
import type { Scale } from '../experiment.ts'
import { runId } from '@coherent-gradients/runlog'
import { experiments } from './index.ts'

const scales: readonly Scale[] = ['smoke', 'desk', 'paper']

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
  'the plan of %s',
  (_, { plan, settings }) => {
    it.each(scales)('is at %s scale what the first value of each setting makes it', (scale) => {
      const first = Object.fromEntries(Object.entries(settings).map(([key, [value]]) => [key, value!]))
      expect(plan(scale, first).map(runId)).toEqual(plan(scale, {}).map(runId))
    })
  },
)

const withSeeds = experiments.flatMap(({ id, plan, settings }) =>
  settings['seeds'] === undefined ? [] : [[id, Number(settings['seeds'][0]), plan] as const],
)

it.each(withSeeds)('%s makes %d seeds at desk scale', (_, usual, plan) => {
  expect(new Set(plan('desk', {}).map(({ seed }) => seed)).size).toBe(usual)
})

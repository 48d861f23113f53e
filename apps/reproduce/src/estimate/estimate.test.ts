import { describe, expect, it } from 'vitest'
import type { TrainingSpec } from '../run-spec.ts'
import { costOfKind, costOfRun, type Told } from './cost-of-kind.ts'
import { kindOfSpec } from './kind-of-spec.ts'
import { timesDue } from './times-due.ts'
import { timeWithJobs } from './time-with-jobs.ts'
import { trialOf } from './trial-of.ts'

const spec: TrainingSpec = {
  experiment: 'made-up',
  arm: 'small',
  seed: 1,
  engine: 'cpu',
  data: { dataset: 'mnist', train: 200, test: 20, noise: { kind: 'none' }, noisyTest: false },
  model: { kind: 'linear' },
  training: { steps: 300, batchSize: 20, learningRate: 0.1, aggregator: { rule: 'mean' }, stopWhenFitted: true },
  measure: {
    evaluate: [{ every: 'epoch' }],
    coherence: [{ every: 'steps', n: 100 }],
    examples: 10,
    splits: ['train'],
    populations: 'all',
  },
}

describe('the estimate of a run', () => {
  it('reckons steps and measurements from what a trial told', () => {
    const at = (when: number, progress: Told['progress']): Told => ({ at: when, progress })
    const evaluated = { kind: 'evaluation', step: 1, population: 'all', loss: 1, accuracy: 0 } as const
    const told = [
      at(1000, { kind: 'started', from: 0 }),
      at(1500, { kind: 'step', step: 1, epoch: 0.1 }),
      at(1550, { ...evaluated, split: 'test' }),
      at(1650, { ...evaluated, split: 'train' }),
      at(1660, { kind: 'step', step: 2, epoch: 0.2 }),
      at(1860, { kind: 'coherence', step: 2, split: 'train', population: 'all', mAlpha: 1 }),
      at(1870, { kind: 'step', step: 3, epoch: 0.3 }),
    ]
    const cost = costOfKind(told, { ended: 1900, finished: true, steps: 300 })
    expect(cost).toMatchObject({ startMs: 1000, stepMs: 10, evaluationMs: 150, coherenceMs: 200 })
    expect(costOfRun(spec, cost, 1)).toBeCloseTo(1000 + 300 * 10 + 30 * 150 + 3 * 200)
    expect(costOfRun(spec, cost, 0.5)).toBeCloseTo(1000 + (300 * 10 + 30 * 150 + 3 * 200) / 2)
  })

  it('extrapolates what was stopped before its end', () => {
    const told: Told[] = [
      { at: 100, progress: { kind: 'started', from: 0 } },
      { at: 300, progress: { kind: 'step', step: 10 } },
    ]
    expect(costOfKind(told, { ended: 300, finished: false, steps: 100 }).wholeMs).toBe(100 + 2000)
  })

  it('counts measurements by every kind of schedule, together once', () => {
    expect(timesDue([{ every: 'listed', steps: [1, 2, 400] }], 300, 10)).toBe(2)
    expect(timesDue([{ every: 'steps', n: 100 }, { every: 'epoch' }], 300, 50)).toBe(6)
    expect(timesDue([{ every: 'epoch' }], 300, Infinity)).toBe(0)
    expect(timesDue([{ every: 'fall', fraction: 0.5 }], 300, 10)).toBe(8)
    expect(timesDue([{ every: 'fall', fraction: 0.01 }], 20, 10)).toBe(21)
  })

  it('tries each kind once: seed, noise and learning rate make no other', () => {
    const kind = kindOfSpec(spec)
    expect(kindOfSpec({ ...spec, arm: 'other', seed: 2 })).toBe(kind)
    expect(kindOfSpec({ ...spec, data: { ...spec.data, noise: { kind: 'labels', fraction: 0.5 } as never } })).toBe(
      kind,
    )
    expect(kindOfSpec({ ...spec, model: { kind: 'mlp', hidden: [5] } as never })).not.toBe(kind)
    expect(trialOf(spec)).toMatchObject({
      training: { steps: 22, stopWhenFitted: false },
      measure: { evaluate: [{ every: 'listed', steps: [1] }], coherence: [{ every: 'listed', steps: [2] }] },
    })
  })

  it.each([
    [[3, 1, 1, 1], 2, 2, 3],
    [[2, 2, 2, 2], 4, 2, 4],
    [[5], 4, 2, 5],
  ])('%j, %d at a time on %d cores take %d', (lengths, jobs, cores, expected) => {
    expect(timeWithJobs(lengths, jobs, cores)).toBe(expected)
  })
})

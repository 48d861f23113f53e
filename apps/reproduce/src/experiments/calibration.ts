import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { ImputationSpec, TrainingSpec } from '../run-spec.ts'
import { drawCoverage } from './calibration/draw-coverage.ts'
import { drawImputed } from './calibration/draw.ts'
import { imputedAt } from './calibration/imputed-at.ts'
import { judgeImputation } from './calibration/judge.ts'
import { seedsOf } from './seeds-of.ts'

/** Settings that differ between scales. */
interface Size extends Pick<ImputationSpec, 'batchSizes' | 'batches' | 'draws'> {
  readonly examples: number
  readonly hidden: readonly number[]
  readonly steps: readonly number[]
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    examples: 600,
    hidden: [64, 64],
    steps: [0, 60],
    batchSizes: [4, 16],
    batches: [2, 4, 8, 16],
    draws: 8,
  },
  desk: {
    examples: 5000,
    hidden: [256, 256, 256],
    steps: [0, 100, 1000],
    batchSizes: [5, 20, 80],
    batches: [2, 4, 8, 16, 32],
    draws: 20,
  },
}

/** Imputed against direct α where both can be had: Appendix D of the paper, on a network without batch normalisation. */
export const calibration: Experiment = {
  id: 'calibration',
  figure: 'Appendix D',
  title: 'Imputed against direct coherence, without batch normalisation',
  claim:
    'α of single examples follows from α of whole batches; the formula as it stands is too high for few batches, and right ' +
    'once each batch’s help to itself is taken out.',
  paper: 'none: a derivation, without an experiment of its own',
  scales: {
    smoke: { what: '600 MNIST images, 2 × 64 ReLU, measured before training and at step 60', cost: 'about 10 seconds' },
    desk: {
      what: '5,000 MNIST images, 3 × 256 ReLU, measured before training and at steps 100 and 1,000',
      cost: 'about 4 minutes',
    },
  },
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    return size === undefined ? [] : seedsOf(settings, 3).map((seed) => specOf(size, seed))
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawImputed(present), drawCoverage(present)]
  },
  judge: judgeImputation,
}

function specOf({ examples, hidden, steps, ...drawn }: Size, seed: number): TrainingSpec {
  return {
    experiment: 'calibration',
    arm: 'real',
    seed,
    engine: 'wasm',
    data: { dataset: 'mnist', train: examples, test: 500, noise: { kind: 'none' }, noisyTest: false },
    model: { kind: 'mlp', hidden },
    training: {
      steps: Math.max(...steps),
      batchSize: 100,
      learningRate: 0.02,
      aggregator: { rule: 'mean' },
      stopWhenFitted: false,
    },
    measure: imputedAt(steps, examples, drawn),
  }
}

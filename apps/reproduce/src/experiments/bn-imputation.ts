import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { ImputationSpec, TrainingSpec } from '../run-spec.ts'
import type { NetworkSpec } from '../specs/network-spec.ts'
import { drawStatistics } from './bn-imputation/draw.ts'
import { judgeStatistics } from './bn-imputation/judge.ts'
import { imputedAt } from './calibration/imputed-at.ts'
import { threeSeeds } from './three-seeds.ts'

/** Settings that differ between scales. */
interface Size extends Pick<ImputationSpec, 'batchSizes' | 'batches' | 'draws'> {
  readonly examples: number
  readonly model: NetworkSpec
  readonly steps: readonly number[]
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    examples: 64,
    model: { kind: 'resnet', depth: 18, width: 0.02 },
    steps: [0, 10],
    batchSizes: [4, 8],
    batches: [2, 4, 8],
    draws: 2,
  },
  desk: {
    examples: 400,
    model: { kind: 'resnet', depth: 18, width: 0.0625 },
    steps: [0, 40, 160],
    batchSizes: [6, 24],
    batches: [2, 4, 8, 16],
    draws: 4,
  },
}

/** Imputed against direct α where batch normalisation leaves both a meaning: Appendix D of the paper. */
export const bnImputation: Experiment = {
  id: 'bn-imputation',
  figure: 'Appendix D',
  title: 'Imputed against direct coherence, with batch normalisation',
  claim:
    'With batch normalisation an example has a gradient of its own only by statistics that are held fixed. By moving ' +
    'statistics, α imputed from batches is the direct one; by the batches’ own, as networks are trained, it is near that of ' +
    'examples by frozen statistics, and the same whatever the size of the batches.',
  paper: 'none: a derivation, without an experiment of its own; used for ResNet-50 on ImageNet',
  scales: {
    smoke: { what: '64 MNIST images, a very thin ResNet-18, before training and at step 10', cost: 'about 15 seconds' },
    desk: {
      what: '400 MNIST images, a thin ResNet-18, before training and at steps 40 and 160, 3 seeds',
      cost: 'about 4 minutes',
    },
  },
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    return size === undefined ? [] : threeSeeds(scale, settings).map((seed) => specOf(size, seed))
  },
  draw(results) {
    return [drawStatistics(results.filter((result): result is RunResult => result !== undefined))]
  },
  judge: judgeStatistics,
}

/** One micro-batch makes a step: it goes by its own statistics, and the moving ones follow. */
function specOf({ examples, model, steps, ...drawn }: Size, seed: number): TrainingSpec {
  return {
    experiment: 'bn-imputation',
    arm: 'real',
    seed,
    engine: 'wasm',
    data: { dataset: 'mnist', train: examples, test: 100, noise: { kind: 'none' }, noisyTest: false },
    model,
    training: {
      steps: Math.max(...steps),
      batchSize: 32,
      learningRate: 0.05,
      aggregator: { rule: 'mean-of-means', groups: 1 },
      stopWhenFitted: false,
    },
    measure: imputedAt(steps, examples, { ...drawn, statistics: 'both' }),
  }
}

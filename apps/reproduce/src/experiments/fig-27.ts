import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { drawCurves } from './fig-27/draw-curves.ts'
import { drawRates } from './fig-27/draw-rates.ts'
import { judgeRates } from './fig-27/judge.ts'
import { noisyLabels } from './fig-4/plan-grid.ts'
import { ownArm } from './m3/own-arm.ts'
import { ruleNames } from './m3/rules.ts'
import { specOf, type Setting } from './m3/spec-of.ts'
import { stepsOf } from './m3/steps-of.ts'
import { threeSeeds } from './three-seeds.ts'

interface Size extends Pick<Setting, 'test' | 'model'> {
  readonly train: number
  readonly microBatches: readonly number[]
  readonly learningRates: readonly number[]
  readonly epochs: number
}

/** Evaluations of each run. */
const EVALUATIONS = 25

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    train: 192,
    test: 300,
    model: { kind: 'mlp', hidden: [32, 32] },
    microBatches: [1, 16],
    learningRates: [0.03, 0.3],
    epochs: 13,
  },
  desk: {
    train: 768,
    test: 1000,
    model: { kind: 'mlp', hidden: [64, 64, 64] },
    microBatches: [1, 4, 16, 64],
    learningRates: [0.01, 0.03, 0.1, 0.3],
    epochs: 50,
  },
}

/** M3's learning rate and micro-batch: Figure 27 of the paper. */
export const fig27: Experiment = {
  id: 'fig-27',
  figure: 'Figure 27',
  title: 'M3’s learning rate and micro-batch have to be chosen together',
  claim:
    'The larger the micro-batch, the less the median suppresses; the smaller, the more it clips. The learning rate has to be ' +
    'set in conjunction with the micro-batch, and at some learning rates training is unstable.',
  paper: 'ResNet-50 on ImageNet; of which learning rates and micro-batches is not in the text',
  scales: {
    smoke: {
      what: '8 runs: 192 MNIST images, half the labels drawn anew, 2 × 32 ReLU, 1 seed',
      cost: 'about 10 seconds',
    },
    desk: {
      what: '96 runs: 768 MNIST images, half the labels drawn anew, 3 × 64 ReLU, 4 learning rates, 4 micro-batches, 3 seeds',
      cost: 'about 12 minutes',
    },
  },
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (!size) return []
    const { microBatches, learningRates, epochs, ...data } = size
    return threeSeeds(scale, settings).flatMap((seed) =>
      microBatches.flatMap((microBatch) => {
        const steps = stepsOf(epochs, size.train, microBatch)
        const setting = { dataset: 'mnist', ...data, microBatch, steps }
        const evaluateEvery = Math.max(1, Math.floor(steps / EVALUATIONS))
        return learningRates.flatMap((learningRate) =>
          ruleNames.map((rule) =>
            specOf(
              'fig-27',
              `micro-batch=${microBatch} learning-rate=${learningRate}`,
              rule,
              seed,
              { ...setting, learningRate, evaluateEvery },
              noisyLabels(0.5),
            ),
          ),
        )
      }),
    )
  },
  ownArm,
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawRates(present), drawCurves(present)]
  },
  judge: judgeRates,
}

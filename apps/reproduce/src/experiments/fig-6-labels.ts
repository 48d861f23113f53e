import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { drawByMicroBatch } from './fig-6-labels/draw.ts'
import { judgeByMicroBatch } from './fig-6-labels/judge.ts'
import { noisyLabels } from './fig-4/plan-grid.ts'
import { ownArm } from './m3/own-arm.ts'
import { ruleNames } from './m3/rules.ts'
import { specOf, type Setting } from './m3/spec-of.ts'
import { threeSeeds } from './three-seeds.ts'

/** How one micro-batch is trained: the larger, the longer and the faster, so that the mean memorises by the end. */
type Training = readonly [microBatch: number, learningRate: number, steps: number]

interface Size extends Pick<Setting, 'train' | 'test' | 'model'> {
  readonly trainings: readonly Training[]
}

/** Evaluations of each run. */
const EVALUATIONS = 100

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    train: 200,
    test: 300,
    model: { kind: 'mlp', hidden: [32, 32] },
    trainings: [
      [1, 0.03, 1000],
      [4, 0.1, 500],
      [32, 0.2, 200],
    ],
  },
  desk: {
    train: 1000,
    test: 1000,
    model: { kind: 'mlp', hidden: [64, 64, 64] },
    trainings: [
      [1, 0.02, 20_000],
      [4, 0.05, 8000],
      [32, 0.1, 3000],
    ],
  },
}

/** Right and wrong labels of one training set, by M3 and by A3, for several micro-batches: Figure 6 with labels. */
export const fig6Labels: Experiment = {
  id: 'fig-6-labels',
  figure: 'Figure 6, with labels',
  title: 'Half of the labels drawn anew: what M3 and A3 fit, by the size of the micro-batch',
  claim:
    'The median of 3 micro-batches keeps a network from memorising what is wrong in its training set. The larger the ' +
    'micro-batch, the less it does so.',
  paper: 'ResNet-50 on ImageNet, half of the images noise, micro-batch 256; labels are our variation',
  scales: {
    smoke: {
      what: '6 runs: 200 MNIST images, 2 × 32 ReLU, micro-batches of 1, 4 and 32, 1 seed',
      cost: 'about 10 seconds',
    },
    desk: {
      what: '18 runs: 1,000 MNIST images, 3 × 64 ReLU, micro-batches of 1, 4 and 32, 3 seeds',
      cost: 'about 7 minutes',
    },
  },
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (!size) return []
    const { trainings, ...data } = size
    return threeSeeds(scale, settings).flatMap((seed) =>
      trainings.flatMap(([microBatch, learningRate, steps]) => {
        const setting = { dataset: 'mnist', ...data, microBatch, learningRate, steps }
        return ruleNames.map((rule) =>
          specOf(
            'fig-6-labels',
            `micro-batch=${microBatch}`,
            rule,
            seed,
            { ...setting, evaluateEvery: steps / EVALUATIONS },
            noisyLabels(0.5),
          ),
        )
      }),
    )
  },
  ownArm,
  draw: (results) => [drawByMicroBatch(results.filter((result): result is RunResult => result !== undefined))],
  judge: judgeByMicroBatch,
}

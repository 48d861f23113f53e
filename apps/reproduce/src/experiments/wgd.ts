import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { drawByPopulation } from './fig-4/draw-by-population.ts'
import { drawWinsorizedSgd } from './fig-4/draw.ts'
import { judgeWinsorizedSgd } from './fig-4/judge.ts'
import { noisyLabels, planGrid, type Grid } from './fig-4/plan-grid.ts'
import type { Study } from './fig-4/study.ts'
import { threeSeeds } from './three-seeds.ts'

/** c = 50 is the median. */
const usual = { levels: [0, 2, 8, 25, 50], noises: [0, 0.5, 1], learningRate: 0.2 }

/** Every step is made on all examples, so that percentiles are those of the training set. */
const grids: Readonly<Partial<Record<Scale, Grid>>> = {
  smoke: {
    ...usual,
    levels: [0, 8, 50],
    examples: 100,
    batchSize: 100,
    test: 500,
    hidden: [32, 32],
    steps: 200,
    evaluateEvery: 20,
  },
  desk: {
    ...usual,
    examples: 200,
    batchSize: 200,
    test: 2000,
    hidden: [64, 64, 64],
    steps: 3000,
    evaluateEvery: 60,
  },
}

const study: Study = {
  ids: ['wgd', 'wgd-labels'],
  titles: ['Winsorized gradient descent on noisy labels', 'What is fitted: right labels and wrong ones'],
  pristine: 'right labels',
  corrupt: 'wrong labels',
  random: 'random labels',
  plain: 'gradient descent',
  over: 'the training set',
  columns: 'share of the training labels drawn anew; the test labels are clean',
  dashed: '1 − 0.9ε, the training accuracy of fitting all pristine labels and no corrupt one',
  paper: 'winsorized gradient descent as a formula, without an experiment; Figure 4 has its form by batches of 100',
  isPapersOwn: () => false,
}

/** Winsorized gradient descent, without batches: §7 of the paper. */
export const wgd: Experiment = {
  id: 'wgd',
  figure: '§7',
  title: 'Winsorized gradient descent: Figure 4 without batches',
  claim:
    'Clipping each coordinate of the per-example gradients over the whole training set keeps gradient descent from ' +
    'memorising. By batches it is cheaper, and no more than that is said to set the two apart.',
  paper: 'none: a formula, without an experiment of its own',
  scales: {
    smoke: { what: '9 of the 45 runs: 100 MNIST images, 2 × 32 ReLU, 200 steps, 1 seed', cost: 'about 10 seconds' },
    desk: {
      what: '45 runs: 200 MNIST images, 3 × 64 ReLU, 3,000 steps on all of them, 3 seeds',
      cost: 'about 10 minutes',
    },
  },
  settings: { seeds: ['3', '1'] },
  plan(scale, settings) {
    const grid = grids[scale]
    return grid === undefined ? [] : planGrid('wgd', grid, threeSeeds(scale, settings), noisyLabels)
  },
  ownArm: ({ data: { noise } }, rule) => `${rule} noise=${noise.kind === 'none' ? 0 : 100 * noise.fraction}%`,
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawWinsorizedSgd(study, present), drawByPopulation(study, present)]
  },
  judge: (results) => judgeWinsorizedSgd(study, results),
}

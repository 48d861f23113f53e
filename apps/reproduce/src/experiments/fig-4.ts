import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { drawByPopulation } from './fig-4/draw-by-population.ts'
import { drawWinsorizedSgd } from './fig-4/draw.ts'
import { judgeWinsorizedSgd } from './fig-4/judge.ts'
import { noisyLabels, planGrid, type Grid } from './fig-4/plan-grid.ts'
import type { Study } from './fig-4/study.ts'
import { seedsOf } from './seeds-of.ts'

const usual = { levels: [0, 1, 2, 4, 8], noises: [0, 0.25, 0.5, 0.75, 1], batchSize: 100, learningRate: 0.1 }

const grids: Readonly<Record<Scale, Grid>> = {
  smoke: {
    ...usual,
    levels: [0, 2, 8],
    noises: [0, 0.5, 1],
    examples: 300,
    test: 1000,
    hidden: [32, 32],
    steps: 300,
    evaluateEvery: 15,
  },
  desk: { ...usual, examples: 3000, hidden: [64, 64, 64], steps: 4500, evaluateEvery: 60 },
  paper: { ...usual, hidden: [256, 256, 256], steps: 60_000, evaluateEvery: 600 },
}

const study: Study = {
  ids: ['fig-4', 'fig-4-labels'],
  titles: ['Winsorized SGD on noisy labels', 'What is fitted: right labels and wrong ones'],
  pristine: 'right labels',
  corrupt: 'wrong labels',
  random: 'random labels',
  plain: 'plain SGD',
  over: 'a batch',
  columns: 'share of the training labels drawn anew; the test labels are clean',
  dashed: '1 − 0.9ε, the training accuracy of fitting all pristine labels and no corrupt one',
  paper: '60,000 images, 256-256-256 hidden units, batch 100, learning rate 0.1, 60,000 steps',
  isPapersOwn({ spec: { data, model, training } }) {
    const network = model.kind === 'mlp' && model.hidden.length === 3 && model.hidden.every((width) => width === 256)
    return network && data.train === undefined && data.test === undefined && training.steps === 60_000
  },
}

/** Winsorized SGD against label noise: Figure 4 of the paper. */
export const fig4: Experiment = {
  id: 'fig-4',
  figure: 'Figure 4',
  title: 'Clipping the extremes of the gradients: the network learns what examples share and memorises less',
  claim:
    'Weak gradient directions, which few examples support, are what memorising needs: the more of the per-example ' +
    'gradients’ extremes are clipped, the less the network overfits and the fewer wrong labels it fits.',
  paper: '3 × 256 ReLU on all of MNIST, batch 100, learning rate 0.1, 60,000 steps',
  scales: {
    smoke: { what: '9 of the 25 runs: 300 MNIST images, 2 × 32 ReLU, 300 steps', cost: 'about half a minute' },
    desk: { what: '25 runs: 3,000 MNIST images, 3 × 64 ReLU, 4,500 steps', cost: 'about 10 minutes' },
    paper: { what: '25 runs: all of MNIST, 3 × 256 ReLU, 60,000 steps, as the paper', cost: 'a day to two' },
  },
  settings: { seeds: ['1', '3'] },
  plan: (scale, settings) => planGrid('fig-4', grids[scale], seedsOf(settings, 1), noisyLabels),
  ownArm: ({ data: { noise } }, rule) => `${rule} noise=${noise.kind === 'labels' ? 100 * noise.fraction : 0}%`,
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawWinsorizedSgd(study, present), drawByPopulation(study, present)]
  },
  judge: (results) => judgeWinsorizedSgd(study, results),
}

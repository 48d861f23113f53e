import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { drawByPopulation } from './fig-4/draw-by-population.ts'
import { drawWinsorizedSgd } from './fig-4/draw.ts'
import { judgeWinsorizedSgd } from './fig-4/judge.ts'
import { planGrid, type Grid, type NoiseOf } from './fig-4/plan-grid.ts'
import type { Study } from './fig-4/study.ts'
import { threeSeeds } from './three-seeds.ts'

const usual = { levels: [0, 1, 2, 4, 8], noises: [0, 0.5, 1], batchSize: 100, learningRate: 0.1 }

const grids: Readonly<Record<Scale, Grid>> = {
  smoke: { ...usual, levels: [0, 2, 8], examples: 300, test: 500, hidden: [32, 32], steps: 200, evaluateEvery: 20 },
  desk: { ...usual, examples: 2000, test: 2000, hidden: [64, 64, 64], steps: 3600, evaluateEvery: 90 },
  paper: { ...usual, noises: [0, 0.25, 0.5, 0.75, 1], hidden: [256, 256, 256], steps: 60_000, evaluateEvery: 600 },
}

/** Test images get the same noise, as in §6: of images that hold nothing, none can be told that hasn't been seen. */
const noisyImages =
  (kind: 'random-pixels' | 'gaussian-images'): NoiseOf =>
  (fraction) => ({
    noise: fraction === 0 ? { kind: 'none' } : { kind, fraction },
    noisyTest: fraction > 0,
  })

const study: Study = {
  ids: ['fig-26', 'fig-26-images'],
  titles: ['Winsorized SGD on noisy images', 'What is fitted: real images and noise'],
  pristine: 'real images',
  corrupt: 'noise images',
  random: 'images that are all noise',
  plain: 'plain SGD',
  over: 'a batch',
  columns:
    'share of the images whose pixels are put in an order of their own, or replaced by Gaussian noise where that is set; ' +
    'as many of the test images. Labels stay',
  dashed: '1 − 0.9ε, the training accuracy of fitting all real images and guessing the others',
  paper:
    'Figure 4’s setting, as far as the text says: 60,000 images, 256-256-256 hidden units, batch 100, learning rate 0.1, ' +
    '60,000 steps',
  // The text says no more of this figure than that its experiment is similar.
  isPapersOwn: () => false,
}

/** Winsorized SGD against noise on images: Figure 26 of the paper. */
export const fig26: Experiment = {
  id: 'fig-26',
  figure: 'Figure 26',
  title: 'Clipping the extremes of the gradients, with random pixels in place of random labels',
  claim:
    'What holds of wrong labels holds of images without order, too: the more of the per-example gradients’ extremes are ' +
    'clipped, the less the network overfits and the fewer noise images it fits.',
  paper: 'as Figure 4: all of MNIST, 256-256-256 hidden units, batch 100, learning rate 0.1, 60,000 steps',
  scales: {
    smoke: { what: '9 of the 45 runs: 300 MNIST images, 2 × 32 ReLU, 200 steps, 1 seed', cost: 'about 15 seconds' },
    desk: { what: '45 runs: 2,000 MNIST images, 3 × 64 ReLU, 3,600 steps, 3 seeds', cost: 'about 10 minutes' },
    paper: { what: '25 runs: all of MNIST, 3 × 256 ReLU, 60,000 steps', cost: 'a day to two' },
  },
  settings: { seeds: ['3', '1'], pixels: ['permuted', 'gaussian'] },
  plan(scale, settings) {
    const noise = noisyImages(settings['pixels'] === 'gaussian' ? 'gaussian-images' : 'random-pixels')
    return planGrid('fig-26', grids[scale], threeSeeds(scale, settings), noise)
  },
  ownArm: ({ data: { noise } }, rule) => `${rule} noise=${noise.kind === 'none' ? 0 : 100 * noise.fraction}%`,
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawWinsorizedSgd(study, present), drawByPopulation(study, present)]
  },
  judge: (results) => judgeWinsorizedSgd(study, results),
}

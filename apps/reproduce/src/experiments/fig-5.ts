import type { Experiment } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { drawMedianAgainstMean } from './fig-5/draw.ts'
import { judgeMedianAgainstMean } from './fig-5/judge.ts'
import { fig5Settings, planFig5 } from './fig-5/plan.ts'
import { ownArm } from './m3/own-arm.ts'

/** Median of 3 micro-batches against their mean, on noise images: Figure 5 of the paper. */
export const fig5: Experiment = {
  id: 'fig-5',
  figure: 'Figure 5',
  title: 'The median of 3 micro-batches against their mean, on real images and noise',
  claim:
    'Taking the coordinate-wise median of 3 micro-batches (M3) in place of their mean (A3, which is SGD) suppresses weak ' +
    'gradient directions: real images are learned nearly as before, images of noise are not memorised.',
  paper: 'ResNet-50 on ImageNet, micro-batch 256, learning rate 0.20, 90 epochs',
  scales: {
    smoke: { what: '6 runs: 200 MNIST images, 4 | 8 convolutions, 30 epochs, 1 seed', cost: 'about 15 seconds' },
    desk: {
      what: '18 runs: 1,000 MNIST images, 8 | 16 convolutions, 64 hidden units, 45 epochs, 3 seeds',
      cost: 'about 10 minutes',
    },
    paper: { what: '6 runs: ResNet-50 on ImageNet, micro-batch 256, 90 epochs', cost: 'needs ImageNet and a GPU' },
  },
  settings: fig5Settings,
  plan: (scale, settings) => planFig5(scale, settings),
  ownArm,
  draw: (results) => [drawMedianAgainstMean(results.filter((result): result is RunResult => result !== undefined))],
  judge: judgeMedianAgainstMean,
}

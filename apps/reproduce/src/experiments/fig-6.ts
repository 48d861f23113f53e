import type { Experiment } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { fig5Settings, planFig5 } from './fig-5/plan.ts'
import { drawRealAndNoise } from './fig-6/draw.ts'
import { judgeRealAndNoise } from './fig-6/judge.ts'
import { ownArm } from './m3/own-arm.ts'

/** Real and noise images of one training set, by M3 and by A3: Figure 6 of the paper. Its runs are fig-5's. */
export const fig6: Experiment = {
  id: 'fig-6',
  figure: 'Figure 6',
  title: 'Half of the images are noise: M3 learns the real half, A3 both',
  claim:
    'Gradients of real images are well aligned and add up; those of noise images are not, and can be suppressed by a robust ' +
    'average: M3 learns the real half of a training set and not the noise, A3 learns both, the noise later.',
  paper: 'ResNet-50 on ImageNet, half of the images noise, micro-batch 256, learning rate 0.20, 90 epochs',
  scales: {
    smoke: { what: '2 runs of fig-5: half of 200 MNIST images are noise, 30 epochs', cost: 'about 5 seconds' },
    desk: {
      what: '6 runs of fig-5: half of 1,000 MNIST images are noise, 45 epochs, 3 seeds',
      cost: 'about 4 minutes',
    },
    paper: { what: '2 runs of fig-5: ResNet-50, half of ImageNet is noise', cost: 'needs ImageNet and a GPU' },
  },
  settings: fig5Settings,
  plan: (scale, settings) => planFig5(scale, settings, [0.5]),
  ownArm,
  draw: (results) => [drawRealAndNoise(results.filter((result): result is RunResult => result !== undefined))],
  judge: judgeRealAndNoise,
}

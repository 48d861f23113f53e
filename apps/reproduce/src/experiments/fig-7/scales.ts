import type { Experiment } from '../../experiment.ts'

/** What is trained at each scale, for both figures. */
export const easyAndHardScales: Experiment['scales'] = {
  smoke: { what: '60 easy and 60 hard images out of 8,000 of MNIST, 32 ReLU, 150 steps', cost: 'about 10 seconds' },
  desk: {
    what: '500 easy and 500 hard images out of all of MNIST, 2 × 256 ReLU, 2,000 steps',
    cost: 'about 4 minutes',
  },
}

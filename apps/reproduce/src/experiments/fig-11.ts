import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeRandom } from './describe-random.ts'
import { describeTraining } from './describe-training.ts'
import { drawBySampleSize } from './fig-11/draw.ts'
import { judgeBySampleSize } from './fig-11/judge.ts'
import { randomImages, realData } from './noise-arms.ts'
import { plainTraining, type PlainTraining } from './plain-training.ts'
import { seedsAt } from './seeds-at.ts'

/** Settings that differ between scales. */
interface Size extends Omit<PlainTraining, 'measured'> {
  /** Every m, each a run of its own over the same weights; samples are nested. */
  readonly samples: readonly number[]
}

const shared = {
  batchSize: 50,
  learningRate: 0.05,
  splits: ['train'],
} as const

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    ...shared,
    train: 300,
    test: 100,
    model: { kind: 'mlp', hidden: [32, 32] },
    steps: 100,
    samples: [10, 50, 300],
    evaluate: [{ every: 'listed', steps: [100] }],
    coherence: [{ every: 'listed', steps: [0, 30, 100] }],
  },
  desk: {
    ...shared,
    train: 3000,
    test: 1000,
    model: { kind: 'mlp', hidden: [128, 128] },
    steps: 300,
    samples: [10, 30, 100, 300, 1000, 3000],
    evaluate: [{ every: 'listed', steps: [300] }],
    coherence: [{ every: 'listed', steps: [0, 30, 100, 300] }],
  },
}

/** α of a sample against the size of the sample: Figure 11 of the paper. */
export const fig11: Experiment = {
  id: 'fig-11',
  figure: 'Figure 11',
  title: 'α of a sample overestimates α, the more the smaller the sample',
  claim: 'α as measured from m examples is a biased estimate: it typically overestimates the α of the distribution.',
  paper: 'a figure of Appendix D; the network, the data and the sizes are not in the text',
  scales: {
    smoke: { what: '300 MNIST images, 2 × 32 ReLU, m from 10 to 300', cost: 'about 10 seconds' },
    desk: { what: '3,000 MNIST images, 2 × 128 ReLU, m from 10 to 3,000', cost: 'about 4 minutes' },
  },
  settings: { seeds: ['5', '3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (size === undefined) return []
    const { samples, ...training } = size
    return seedsAt(scale, settings, 5).flatMap((seed) =>
      [realData, randomImages].flatMap(({ arm, data }) =>
        samples.map((measured) =>
          plainTraining('fig-11', { arm: `${arm} m=${measured}`, data }, seed, { ...training, measured }),
        ),
      ),
    )
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [
      drawBySampleSize(
        present,
        `${describeTraining(present)} ${describeRandom} Every seed has its curve, through one sample of each size. Corrected: ` +
          '(m·α − 1)/(m − 1), which is 0 on average for orthogonal gradients. What the paper’s Figure 11 was measured on is not known to us.',
      ),
    ]
  },
  judge: judgeBySampleSize,
}

import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeTraining } from './describe-training.ts'
import { drawGaps } from './gap-vs-m/draw.ts'
import { judgeGaps } from './gap-vs-m/judge.ts'
import { randomLabels, realData } from './noise-arms.ts'
import { plainTraining, type PlainTraining } from './plain-training.ts'
import { seedsAt } from './seeds-at.ts'

/** Settings that differ between scales. */
interface Size extends Omit<PlainTraining, 'train'> {
  /** Numbers of training examples; each is trained on for the same number of steps. */
  readonly examples: readonly number[]
}

const shared = { batchSize: 50, learningRate: 0.1, measured: 0, splits: [], coherence: [] } as const

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    ...shared,
    examples: [50, 300, 2000],
    test: 500,
    model: { kind: 'mlp', hidden: [64] },
    steps: 400,
    evaluate: [{ every: 'steps', n: 200 }],
  },
  desk: {
    ...shared,
    examples: [100, 300, 1000, 3000, 10_000, 30_000],
    test: 5000,
    model: { kind: 'mlp', hidden: [128] },
    steps: 3000,
    evaluate: [{ every: 'steps', n: 1000 }],
  },
}

/** The generalization gap against the number of training examples: footnote 15 of the paper. */
export const gapVsM: Experiment = {
  id: 'gap-vs-m',
  figure: 'Footnote 15',
  title: 'More examples, smaller gap: on random labels too',
  claim:
    'The gap between training and test loss shrinks as the number of examples grows, even on random data, for these get ' +
    'harder to fit; the bound has the number of examples in its denominator.',
  paper: 'none: a remark on the bound of Theorem 1, without an experiment of its own',
  scales: {
    smoke: { what: '50 to 2,000 MNIST images, 64 hidden units, 400 steps', cost: 'about 10 seconds' },
    desk: { what: '100 to 30,000 MNIST images, 128 hidden units, 3,000 steps', cost: 'about 7 minutes' },
  },
  settings: { seeds: ['5', '3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (size === undefined) return []
    const { examples, ...training } = size
    return seedsAt(scale, settings, 5).flatMap((seed) =>
      [realData, randomLabels].flatMap(({ arm, data }) =>
        examples.map((train) =>
          plainTraining('gap-vs-m', { arm: `${arm}, ${train} examples`, data }, seed, { ...training, train }),
        ),
      ),
    )
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawGaps(present, describeTraining(present))]
  },
  judge: judgeGaps,
}

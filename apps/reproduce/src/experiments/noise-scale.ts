import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeTraining } from './describe-training.ts'
import { realData } from './noise-arms.ts'
import { drawNoiseScale } from './noise-scale/draw.ts'
import { judgeNoiseScale } from './noise-scale/judge.ts'
import { plainTraining, type PlainTraining } from './plain-training.ts'
import { seedsAt } from './seeds-at.ts'

/** One batch size: learning rates around its best one, a factor of 2 apart, and steps enough for the best. */
interface Batches {
  readonly batchSize: number
  readonly learningRates: readonly number[]
  readonly steps: number
}

interface Size extends Pick<PlainTraining, 'train' | 'test' | 'model' | 'measured'> {
  /** By rising batch size; α is measured with the last alone. */
  readonly batches: readonly Batches[]
  readonly evaluations: number
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    train: 2000,
    test: 100,
    model: { kind: 'mlp', hidden: [32] },
    measured: 300,
    evaluations: 20,
    batches: [
      { batchSize: 8, learningRates: [0.16], steps: 500 },
      { batchSize: 64, learningRates: [0.32], steps: 150 },
      { batchSize: 256, learningRates: [0.32, 0.64], steps: 120 },
    ],
  },
  desk: {
    train: 10_000,
    test: 100,
    model: { kind: 'mlp', hidden: [64] },
    measured: 1000,
    evaluations: 32,
    batches: [
      { batchSize: 8, learningRates: [0.04, 0.08, 0.16, 0.32], steps: 1600 },
      { batchSize: 24, learningRates: [0.08, 0.16, 0.32, 0.64], steps: 800 },
      { batchSize: 72, learningRates: [0.16, 0.32, 0.64, 1.28], steps: 350 },
      { batchSize: 216, learningRates: [0.16, 0.32, 0.64, 1.28], steps: 250 },
      { batchSize: 648, learningRates: [0.16, 0.32, 0.64, 1.28], steps: 200 },
    ],
  },
}

/**
 * The gradient noise scale as a form of α, held against steps by batch size.
 *
 * A batch of B makes ĝ with E ĝ = G and E‖ĝ − G‖² = tr Σ/B, where tr Σ = E‖g‖² − ‖G‖² of the examples' own gradients g. As
 * α = ‖G‖²/E‖g‖², the noise scale is B_simple = tr Σ/‖G‖² = (1 − α)/α; α without the bias of few examples. Where the
 * curvature is the same in all directions, a step of the best learning rate, ε_max/(1 + B_simple/B), lowers the loss by
 * Δ_max/(1 + B_simple/B): a loss is reached after S_min (1 + B_simple/B) steps. So learning rates are tuned by batch size.
 *
 * @see McCandlish, Kaplan, Amodei et al., "An Empirical Model of Large-Batch Training", 2018, §2 and, for averages along the
 *   way, Appendix A.
 */
export const noiseScale: Experiment = {
  id: 'noise-scale',
  figure: 'Beyond §4',
  title: 'How large a batch helps: the noise scale that α says',
  claim:
    'The gradient noise scale of McCandlish et al. (2018) is (1 − α)/α. Steps to a training loss are S_min (1 + B_noise/B), so α, ' +
    'measured while training with one batch size, says from which size on larger batches stop to help.',
  paper: 'none: McCandlish et al. tried the law from MNIST to ImageNet, language and games, without α',
  more: 'experiments.md#noise-scale-how-large-a-batch-helps',
  scales: {
    smoke: { what: '2,000 MNIST images, 32 hidden units, 3 batch sizes', cost: 'about 10 seconds' },
    desk: {
      what: '10,000 MNIST images, 64 hidden units, 5 batch sizes by 4 learning rates, 3 seeds',
      cost: 'about 4 minutes',
    },
  },
  settings: { seeds: ['3', '5', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (size === undefined) return []
    const { batches, evaluations, ...shared } = size
    return seedsAt(scale, settings, 3).flatMap((seed) =>
      batches.flatMap(({ batchSize, learningRates, steps }) =>
        learningRates.map((learningRate) => {
          const schedule = [{ every: 'steps', n: Math.ceil(steps / evaluations) }] as const
          const largest = batchSize === batches.at(-1)!.batchSize
          return plainTraining('noise-scale', { ...realData, arm: `batch ${batchSize}, rate ${learningRate}` }, seed, {
            ...shared,
            batchSize,
            learningRate,
            steps,
            evaluate: schedule,
            coherence: largest ? schedule : [],
            splits: largest ? ['train'] : [],
          })
        }),
      ),
    )
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawNoiseScale(present, describeTraining(present))]
  },
  judge: judgeNoiseScale,
}

import type { Scale } from '../../experiment.ts'
import type { TrainingSpec } from '../../run-spec.ts'
import { ruleNames } from '../m3/rules.ts'
import { specOf, type Setting } from '../m3/spec-of.ts'
import { stepsOf } from '../m3/steps-of.ts'
import { threeSeeds } from '../three-seeds.ts'

/** A setting whose micro-batch may be set, and its length in epochs. */
interface Size extends Omit<Setting, 'microBatch' | 'steps' | 'evaluateEvery'> {
  readonly microBatch: number
  readonly epochs: number
  /** Evaluations of each run. */
  readonly evaluations: number
  /** Examples in an epoch. */
  readonly examples: number
}

const sizes: Readonly<Record<Scale, Size>> = {
  smoke: {
    dataset: 'mnist',
    examples: 200,
    train: 200,
    test: 300,
    model: { kind: 'cnn', stages: [[4], [8]], dense: [32] },
    microBatch: 4,
    learningRate: 0.1,
    epochs: 30,
    evaluations: 20,
  },
  desk: {
    dataset: 'mnist',
    examples: 1000,
    train: 1000,
    test: 1000,
    model: { kind: 'cnn', stages: [[8], [16]], dense: [64] },
    microBatch: 4,
    learningRate: 0.05,
    epochs: 45,
    evaluations: 40,
  },
  paper: {
    dataset: 'imagenet',
    examples: 1_281_167,
    model: { kind: 'resnet', depth: 50 },
    microBatch: 256,
    learningRate: 0.2,
    epochs: 90,
    evaluations: 90,
  },
}

/** Shares of the images that are noise. */
const noises = [0, 0.5, 1] as const

/**
 * The runs of Figure 5: by M3 and by A3, for each amount of noise. As many of the test images are noise as of the training
 * images: with 50% noise the paper's gaps leave test accuracies that half a clean test set would double.
 *
 * `--set micro-batch=…` keeps the epochs. Runs are those of `fig-5` whichever experiment plans them.
 */
export function planFig5(
  scale: Scale,
  settings: Readonly<Record<string, string>>,
  among: readonly number[] = noises,
): readonly TrainingSpec[] {
  const { epochs, evaluations, examples, ...usual } = sizes[scale]
  const asked = settings['micro-batch'] ?? 'usual'
  const microBatch = asked === 'usual' ? usual.microBatch : Number(asked)
  const steps = stepsOf(epochs, examples, microBatch)
  const setting: Setting = { ...usual, microBatch, steps, evaluateEvery: Math.floor(steps / evaluations) }
  return threeSeeds(scale, settings).flatMap((seed) =>
    among.flatMap((fraction) =>
      ruleNames.map((rule) =>
        specOf('fig-5', `noise=${100 * fraction}%`, rule, seed, setting, {
          noise: fraction === 0 ? { kind: 'none' } : { kind: 'gaussian-images', fraction },
          noisyTest: fraction > 0,
        }),
      ),
    ),
  )
}

/** The settings of both experiments that these runs are of. */
export const fig5Settings: Readonly<Record<string, readonly string[]>> = {
  seeds: ['3', '1'],
  'micro-batch': ['usual', '1', '4', '32'],
}

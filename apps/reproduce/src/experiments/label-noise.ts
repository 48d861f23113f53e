import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { NoiseSpec, TrainingSpec } from '../run-spec.ts'
import { drawAccuracy } from './label-noise/draw-accuracy.ts'
import { drawFitted } from './label-noise/draw-fitted.ts'
import { judgeLabelNoise } from './label-noise/judge.ts'
import { methods, plain, type Method } from './label-noise/methods.ts'
import { tabulateLabelNoise } from './label-noise/tabulate.ts'

/** Wrong labels on a data set. */
interface Condition {
  readonly dataset: string
  readonly scheme: 'exact' | 'pair-flipped'
  readonly fraction: number
}

/** Settings that differ between scales. */
interface Size {
  readonly conditions: (second: string) => readonly Condition[]
  /** Names of the methods; all of them when absent. */
  readonly methods?: readonly string[]
  readonly train: number
  readonly validation: number
  readonly test: number
  readonly hidden: readonly number[]
  readonly batchSize: number
  readonly steps: number
  readonly evaluateEvery: number
  readonly seeds: number
}

const on = (dataset: string, scheme: Condition['scheme'], fractions: readonly number[]): readonly Condition[] =>
  fractions.map((fraction) => ({ dataset, scheme, fraction }))

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    conditions: () => on('mnist', 'exact', [0.5]),
    methods: [plain.name, 'generalized cross-entropy', 'winsor(8%)', 'M3'],
    train: 300,
    validation: 100,
    test: 500,
    hidden: [32],
    batchSize: 60,
    steps: 200,
    evaluateEvery: 20,
    seeds: 1,
  },
  desk: {
    conditions: (second) => [
      ...on('mnist', 'exact', [0, 0.2, 0.5, 0.8]),
      ...on('mnist', 'pair-flipped', [0.2, 0.4]),
      ...on(second, 'exact', [0.5]),
      ...on(second, 'pair-flipped', [0.4]),
    ],
    train: 1200,
    validation: 300,
    test: 1000,
    hidden: [64, 64],
    batchSize: 60,
    steps: 1000,
    evaluateEvery: 40,
    seeds: 3,
  },
}

/** Every way to keep the strong directions, against the usual remedies for wrong labels. */
export const labelNoise: Experiment = {
  id: 'label-noise',
  figure: 'Beyond §7',
  title: 'Wrong labels: rules that keep the strong directions against the usual remedies',
  claim:
    'Rules that suppress weak gradient directions keep a network from memorising wrong labels. Whether that makes a better ' +
    'network than stopping early does, or than losses and selections made for wrong labels, is not for the paper to say.',
  paper: 'winsorized SGD on MNIST and M3 on ImageNet, against plain SGD alone',
  more: 'label-noise.md#does-it-help',
  scales: {
    smoke: { what: '4 methods, 50% of the labels of 300 MNIST images drawn anew', cost: 'about 10 seconds' },
    desk: {
      what: 'every method, 3 seeds: 1,200 examples of MNIST and of a second set, 0 to 80% wrong labels of two kinds',
      cost: 'about 25 minutes',
    },
  },
  settings: { second: ['difficulty', 'cifar10'] },
  plan(scale, { second = 'difficulty' }) {
    const size = sizes[scale]
    if (!size) return []
    const seeds = Array.from({ length: size.seeds }, (_, i) => i + 1)
    const chosen = methods(size.train / size.batchSize).filter(({ name }) => size.methods?.includes(name) ?? true)
    // Whole conditions first, so that an unfinished plan has some that can be judged.
    return size
      .conditions(second)
      .flatMap((condition) => seeds.flatMap((seed) => chosen.map((method) => specOf(size, condition, seed, method))))
  },
  // Beside plain SGD alone: other losses are remedies of their own.
  ownArm: ({ arm }, rule) => (arm.endsWith(` ${plain.name}`) ? arm.replace(plain.name, rule) : undefined),
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawFitted(present), drawAccuracy(present)]
  },
  judge: judgeLabelNoise,
  tabulate: tabulateLabelNoise,
}

function specOf(size: Size, { dataset, scheme, fraction }: Condition, seed: number, method: Method): TrainingSpec {
  const { train, validation, test, hidden, batchSize, steps, evaluateEvery } = size
  const noise: NoiseSpec = fraction === 0 ? { kind: 'none' } : { kind: 'labels', scheme, fraction }
  return {
    experiment: 'label-noise',
    arm: `${dataset} ${scheme === 'exact' ? 'symmetric' : scheme} ${100 * fraction}% ${method.name}`,
    seed,
    engine: 'wasm',
    data: { dataset, train, validation, test, noise, noisyTest: false },
    model: { kind: 'mlp', hidden },
    training: {
      steps,
      batchSize,
      learningRate: 0.1,
      aggregator: method.aggregator(fraction),
      ...(method.loss === undefined ? {} : { loss: method.loss }),
      stopWhenFitted: false,
    },
    measure: {
      evaluate: [{ every: 'steps', n: evaluateEvery }],
      coherence: [],
      examples: 0,
      splits: [],
      populations: 'all',
    },
  }
}

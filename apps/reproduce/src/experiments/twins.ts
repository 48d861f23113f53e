import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { TwinsSpec } from '../specs/twins-spec.ts'
import { drawTwins } from './twins/draw.ts'
import { judgeTwins } from './twins/judge.ts'
import { tabulateTwins } from './twins/tabulate.ts'

/** Settings that differ between scales. */
interface Size {
  readonly noise: readonly number[]
  /** So many, whatever is set. */
  readonly seeds?: number
  readonly train: number
  readonly fresh: number
  readonly hidden: readonly number[]
  readonly steps: number
  readonly twins: number
  readonly every: number
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: { noise: [0, 0.5], seeds: 2, train: 60, fresh: 300, hidden: [16], steps: 60, twins: 8, every: 10 },
  desk: {
    noise: [0, 0.25, 0.5, 0.75, 1],
    train: 200,
    fresh: 2000,
    hidden: [32],
    steps: 200,
    twins: 30,
    every: 20,
  },
}

/** Replace-one twins: what each inequality in the proof of Theorem 1 gives away, measured. */
export const twins: Experiment<TwinsSpec> = {
  id: 'twins',
  figure: 'Theorem 1',
  title: 'Twins that differ in one example: where the bound is loose',
  claim:
    'Where gradients are coherent, the exchange of one training example changes training little, and so what is learned ' +
    'generalises. Theorem 1 makes a bound of that, which the paper calls extremely loose.',
  paper: 'none: a proof, without an experiment of its own',
  more: 'theorem-1.md#step-by-step-measured',
  scales: {
    smoke: {
      what: '60 MNIST images, 8 twins, right labels and half of them random, 2 seeds',
      cost: 'about 20 seconds',
    },
    desk: { what: '200 MNIST images, 30 twins, five levels of label noise, 3 seeds', cost: 'about 2 minutes' },
  },
  settings: { seeds: ['3', '10'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (!size) return []
    const seeds = size.seeds ?? Number(settings['seeds'] ?? 3)
    const { noise, train, fresh, hidden, steps, twins: count, every } = size
    return noise.flatMap((fraction) =>
      Array.from({ length: seeds }, (_, i): TwinsSpec => ({
        task: 'twins',
        experiment: 'twins',
        arm: `noise ${100 * fraction}%`,
        seed: i + 1,
        engine: 'wasm',
        data: {
          dataset: 'mnist',
          train,
          fresh,
          noise: fraction === 0 ? { kind: 'none' } : { kind: 'labels', scheme: 'bernoulli', fraction },
        },
        model: { kind: 'mlp', hidden },
        training: { steps, batchSize: 20, learningRate: 0.1 },
        twins: count,
        every,
      })),
    )
  },
  draw: (results) => drawTwins(present(results)),
  judge: (results) => judgeTwins(present(results)),
  tabulate: (results) => tabulateTwins(present(results)),
}

/** Runs that are finished: half a ladder says nothing. */
function present(results: readonly (RunResult<TwinsSpec> | undefined)[]): readonly RunResult<TwinsSpec>[] {
  return results.filter((result): result is RunResult<TwinsSpec> => result?.done === true)
}

import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { NoiseSpec } from '../run-spec.ts'
import type { SuspectsSpec } from '../specs/suspects-spec.ts'
import { drawRankings } from './suspects/draw.ts'
import { judgeRankings } from './suspects/judge.ts'
import { tabulateRankings } from './suspects/tabulate.ts'

/** Settings that differ between scales. */
interface Size {
  readonly conditions: readonly (readonly [dataset: string, scheme: 'exact' | 'pair-flipped', fraction: number])[]
  readonly examples: number
  readonly hidden: readonly number[]
  readonly epochs: number
  readonly seeds: number
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: { conditions: [['mnist', 'exact', 0.2]], examples: 400, hidden: [32], epochs: 16, seeds: 1 },
  desk: {
    conditions: [
      ['mnist', 'exact', 0.05],
      ['mnist', 'exact', 0.2],
      ['mnist', 'exact', 0.4],
      ['mnist', 'pair-flipped', 0.2],
      ['difficulty', 'exact', 0.2],
    ],
    examples: 2000,
    hidden: [64, 64],
    epochs: 64,
    seeds: 3,
  },
}

/** Whether the examples that the others help least are those with wrong labels. */
export const suspects: Experiment<SuspectsSpec> = {
  id: 'suspects',
  figure: 'Beyond §4',
  title: 'Finding wrong labels: the examples that all the others help least',
  claim:
    'Examples with right labels help each other, and those with wrong ones are fitted alone. So how little the others help an ' +
    'example should tell that its label is wrong, while the network learns what examples share.',
  paper: 'none: pristine and corrupt labels told apart by m·α as groups, not one by one',
  more: 'label-noise.md#finding-wrong-labels',
  scales: {
    smoke: { what: '400 MNIST images, 20% of the labels drawn anew, 16 epochs', cost: 'about 5 seconds' },
    desk: {
      what: '2,000 examples of MNIST and of a second set, 5 to 40% wrong labels of two kinds, 64 epochs, 3 seeds',
      cost: 'about 2 minutes',
    },
  },
  settings: {},
  plan(scale) {
    const size = sizes[scale]
    if (!size) return []
    const seeds = Array.from({ length: size.seeds }, (_, i) => i + 1)
    return size.conditions.flatMap(([dataset, scheme, fraction]) =>
      seeds.map((seed): SuspectsSpec => {
        const noise: NoiseSpec = { kind: 'labels', scheme, fraction }
        return {
          task: 'suspects',
          experiment: 'suspects',
          arm: `${dataset}, ${scheme === 'exact' ? 'symmetric' : scheme} ${100 * fraction}%`,
          seed,
          engine: 'wasm',
          data: { dataset, examples: size.examples, noise },
          scoring: {
            network: { hidden: size.hidden, batchSize: 60, learningRate: 0.1 },
            epochs: size.epochs,
            folds: 4,
          },
        }
      }),
    )
  },
  draw: (results) => [drawRankings(present(results))],
  judge: (results) => judgeRankings(present(results)),
  tabulate: (results) => tabulateRankings(present(results)),
}

/** Runs that are finished: a ranking is there or it isn't. */
function present(results: readonly (RunResult<SuspectsSpec> | undefined)[]): readonly RunResult<SuspectsSpec>[] {
  return results.filter((result): result is RunResult<SuspectsSpec> => result?.done === true)
}

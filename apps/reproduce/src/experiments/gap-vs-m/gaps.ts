import type { RunResult } from '../../run-result.ts'
import { finished } from '../finished.ts'

/** What is left between training and test after the same number of steps. */
export interface Gap {
  readonly examples: number
  readonly trainLoss: number
  readonly testLoss: number
  readonly trainAccuracy: number
  readonly testAccuracy: number
}

/** One seed's gaps on one kind of data, by rising number of examples. */
export interface Gaps {
  readonly arm: 'real' | 'random'
  readonly seed: number
  readonly gaps: readonly Gap[]
}

/** Reads the gaps off the finished runs' last evaluations. */
export function gapsOf(results: readonly (RunResult | undefined)[]): readonly Gaps[] {
  const runs = finished(results)
  const seeds = [...new Set(runs.map(({ spec }) => spec.seed))]
  return (['real', 'random'] as const)
    .flatMap((arm) =>
      seeds.map((seed) => ({
        arm,
        seed,
        gaps: runs
          .filter(({ spec }) => spec.seed === seed && (spec.data.noise.kind === 'none') === (arm === 'real'))
          .map(gapOf)
          .toSorted((a, b) => a.examples - b.examples),
      })),
    )
    .filter(({ gaps }) => gaps.length > 0)
}

function gapOf(run: RunResult): Gap {
  const last = (split: string): { readonly loss: number; readonly accuracy: number } =>
    run.evaluations.findLast((row) => row.split === split && row.population === 'all') ?? {
      loss: Number.NaN,
      accuracy: Number.NaN,
    }
  const [train, test] = [last('train'), last('test')]
  return {
    examples: run.spec.data.train ?? Number.NaN,
    trainLoss: train.loss,
    testLoss: test.loss,
    trainAccuracy: train.accuracy,
    testAccuracy: test.accuracy,
  }
}

import type { RunResult } from '../run-result.ts'

/** The same network from the same weights, on real and on random data. */
export interface Pair {
  readonly seed: number
  readonly real: RunResult
  readonly random: RunResult
}

/** Finished runs of the arms `real` and `random` side by side, for each seed that has both. */
export function pairsBySeed(runs: readonly RunResult[]): readonly Pair[] {
  return runs
    .filter(({ spec }) => spec.arm === 'real')
    .flatMap((real) =>
      runs
        .filter(({ spec }) => spec.arm === 'random' && spec.seed === real.spec.seed)
        .map((random) => ({ seed: real.spec.seed, real, random })),
    )
}

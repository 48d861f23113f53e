import type { RunResult } from '../../run-result.ts'
import { finished } from '../finished.ts'

/** α at the same weights by the number of examples that it was measured on. */
export interface Measured {
  readonly arm: 'real' | 'random'
  readonly seed: number
  readonly step: number
  /** By rising m. */
  readonly samples: readonly { readonly m: number; readonly alpha: number; readonly corrected: number }[]
}

/** Gathers finished runs that differ in m alone. */
export function bySampleSize(results: readonly (RunResult | undefined)[]): readonly Measured[] {
  const runs = finished(results)
  const rows = runs.flatMap((run) =>
    run.coherence
      .filter((row) => row.scope === 'all' && row.split === 'train' && row.population === 'all')
      .map((row) => ({ ...row, seed: run.spec.seed, arm: armOf(run) })),
  )
  const places = new Map(rows.map(({ arm, seed, step }) => [`${arm} ${seed} ${step}`, { arm, seed, step }]))
  return [...places.values()].map((place) => ({
    ...place,
    samples: rows
      .filter(({ arm, seed, step }) => arm === place.arm && seed === place.seed && step === place.step)
      .map(({ m, alpha, alphaDebiased }) => ({ m, alpha, corrected: alphaDebiased ?? Number.NaN }))
      .toSorted((a, b) => a.m - b.m),
  }))
}

const armOf = ({ spec }: RunResult): Measured['arm'] => (spec.data.noise.kind === 'none' ? 'real' : 'random')

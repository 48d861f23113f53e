import type { RunResult } from '../../run-result.ts'
import type { TwinsSpec } from '../../specs/twins-spec.ts'
import { lastOf, pointsOf } from '../quantities.ts'
import { mean } from '../../statistics/mean.ts'

/** The rungs of the proof from what was measured up to Theorem 1, each a bound of the gap with the measured L and β. */
export const rungs = [
  ['loss', 'change of the loss, measured'],
  ['distance', 'L · distance of the weights, measured'],
  ['growth', '… grown by 1 + ηβ a step'],
  ['lemma 6', '… gradients apart by Lemma 6'],
  ['theorem 1', 'Theorem 1'],
] as const

export type Rung = (typeof rungs)[number][0]

/** What came out of the twins of one run. */
export interface TwinsOutcome {
  /** The share of labels that were drawn anew. */
  readonly noise: number
  readonly seed: number
  readonly gap: number
  readonly stability: number
  readonly lipschitz: number
  readonly smoothness: number
  readonly violations: number
  /** Mean over twins and fresh examples of how much the loss changes, at the end. */
  readonly freshChange: number
  /** Losses, of twins and examples, that change by more than L times the distance of the weights. */
  readonly steep: number
  /** Natural logarithms. */
  readonly logs: Readonly<Record<Rung, number>>
  /** Mean over the measured steps, debiased. */
  readonly alpha: number
  /** At the first weights, debiased. */
  readonly firstAlpha: number
  /** The largest that was measured, debiased. */
  readonly mostAlpha: number
  /** Mean over the twins, at the end. */
  readonly distance: number
}

export function outcomeOf({ spec, quantities }: RunResult<TwinsSpec>): TwinsOutcome {
  const last = (quantity: string, item = ''): number => lastOf(quantities, spec.arm, quantity, item)
  const alphas = pointsOf(quantities, spec.arm, 'α').map(([, value]) => value)
  const distances = Array.from({ length: spec.twins }, (_, k) => last('distance', `${k}`))
  return {
    noise: noiseOf(spec),
    seed: spec.seed,
    gap: last('gap'),
    stability: last('stability'),
    lipschitz: last('L'),
    smoothness: last('β'),
    violations: last('violations'),
    freshChange: last('fresh change'),
    steep: last('steep'),
    logs: Object.fromEntries(rungs.map(([rung]) => [rung, last('ln bound', rung)])) as Record<Rung, number>,
    alpha: mean(alphas),
    firstAlpha: alphas[0] ?? Number.NaN,
    mostAlpha: Math.max(...alphas),
    distance: mean(distances),
  }
}

export function noiseOf({ data }: TwinsSpec): number {
  return data.noise.kind === 'labels' ? data.noise.fraction : 0
}

/** Outcomes by level of noise, from low to high. */
export function byNoise(outcomes: readonly TwinsOutcome[]): readonly (readonly [number, readonly TwinsOutcome[]])[] {
  const levels = [...new Set(outcomes.map(({ noise }) => noise))].toSorted((a, b) => a - b)
  return levels.map((level) => [level, outcomes.filter(({ noise }) => noise === level)])
}

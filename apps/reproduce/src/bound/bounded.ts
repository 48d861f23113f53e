import {
  boundSoFar,
  extendBound,
  fixedRateCorollary,
  generalizationBound,
  hardtConvexBound,
  hardtNonConvexBound,
  kuzborskijLampertBound,
  noSteps,
  probedBound,
  type Between,
  type BoundConstants,
  type EarlierBound,
  type HarmonicSchedule,
  type ProbedBound,
} from '@coherent-gradients/bound'
import { byLayer, type ByLayer } from './by-layer.ts'
import type { MeasuredSeries } from './measured-series.ts'

/** Where L and β came from. */
export interface ConstantsUsed extends BoundConstants {
  readonly provenance: 'given' | 'estimated'
  /** What was estimated on what, a sentence each; empty where both were given. */
  readonly notes: readonly string[]
}

/** An earlier bound after every drawn step, and at the end. */
interface EarlierCurve extends EarlierBound {
  readonly name: string
  readonly theorem: string
  /** log of the bound after step `drawn[i]`. */
  readonly logs: readonly number[]
}

/** All that `reproduce bound` has found. */
export interface Bounded {
  readonly series: MeasuredSeries
  readonly constants: ConstantsUsed
  readonly between: Between
  readonly result: ProbedBound<Between>
  /** [T] log of the bound after step t, without L²/m. */
  readonly logSums: Float64Array
  /** [T] log of step t's part of the bound, without L²/m. */
  readonly logTerms: Float64Array
  /** log(L²/m), to be added to those. */
  readonly logScale: number
  /** The bound with α = 0 at every step: what coherence has taken off it. */
  readonly logWithoutCoherence: number
  /** log of the looser corollary for a fixed learning rate, where it is fixed. */
  readonly logLooser: number | null
  /** The first step by whose end half of the bound is given; 0 where the bound is 0. */
  readonly halfBy: number
  /** Steps that are drawn, at most a thousand. */
  readonly drawn: readonly number[]
  readonly earlier: readonly EarlierCurve[]
  /** Null where no layers were measured. */
  readonly layers: ByLayer | null
}

const MOST_DRAWN = 1000

/** Theorem 1 over a series, and beside it the bounds that it builds on. */
export function bounded(series: MeasuredSeries, constants: ConstantsUsed, between: Between): Bounded {
  const { learningRates, probes, alphaIs, measuredOn } = series
  const result = probedBound(learningRates, probes, constants, {
    between,
    alphaIs,
    ...(alphaIs === 'debiased' && measuredOn !== undefined ? { measuredOn } : {}),
    constants: constants.provenance,
  })
  const T = learningRates.length
  const ones = { lipschitz: 1, smoothness: constants.smoothness, examples: 1 }
  const logTerms = generalizationBound(result.steps, ones).logContributions
  const logSums = new Float64Array(T)
  let state = noSteps
  for (const [i, step] of result.steps.entries()) {
    state = extendBound(state, step, constants.smoothness)
    logSums[i] = boundSoFar(state, ones).logBound
  }
  const logScale = 2 * Math.log(constants.lipschitz) - Math.log(constants.examples)
  const [rate] = learningRates
  const fixed = learningRates.every((each) => each === rate)
  const drawn = drawnOf(T)
  return {
    series,
    constants,
    between,
    result,
    logSums,
    logTerms,
    logScale,
    logWithoutCoherence: generalizationBound(
      learningRates.map((learningRate) => ({ learningRate, alpha: 0 })),
      constants,
    ).logBound,
    logLooser: fixed
      ? fixedRateCorollary(
          result.steps.map((step) => step.alpha),
          rate!,
          constants,
        ).logLooser
      : null,
    halfBy: halfByOf(result.logContributions, result.logBound),
    drawn,
    earlier: earlierCurves(learningRates, constants, logScale, drawn),
    layers: series.layers === undefined ? null : byLayer(learningRates, series.layers, constants),
  }
}

function drawnOf(T: number): readonly number[] {
  if (T <= MOST_DRAWN) return Array.from({ length: T }, (_, i) => i + 1)
  return [...new Set(Array.from({ length: MOST_DRAWN }, (_, i) => 1 + Math.round((i * (T - 1)) / (MOST_DRAWN - 1))))]
}

function halfByOf(logContributions: Float64Array, logBound: number): number {
  if (logBound === -Infinity) return 0
  let share = 0
  for (const [i, log] of logContributions.entries()) {
    share += Math.exp(log - logBound)
    if (share >= 0.5) return i + 1
  }
  return logContributions.length
}

function earlierCurves(
  learningRates: readonly number[],
  constants: BoundConstants,
  logScale: number,
  drawn: readonly number[],
): readonly EarlierCurve[] {
  const { smoothness, examples } = constants
  const T = learningRates.length
  const sums = new Float64Array(T)
  const scales = new Float64Array(T)
  let rising = T + 1
  for (let t = 1; t <= T; t++) {
    const rate = learningRates[t - 1]!
    sums[t - 1] = (sums[t - 2] ?? 0) + rate
    scales[t - 1] = Math.max(scales[t - 2] ?? 0, t * rate)
    if (t > 1 && rate > learningRates[t - 2]!) rising = Math.min(rising, t)
  }
  const convex = hardtConvexBound(learningRates, constants)
  const curves: EarlierCurve[] = [
    {
      name: 'Hardt et al., convex',
      theorem: 'Hardt et al. 2016, Theorem 3.8',
      ...convex,
      logs: drawn.map((t) => logScale + Math.LN2 + Math.log(sums[t - 1]!)),
    },
  ]
  if (smoothness === 0 || examples < 2 || !(scales[T - 1]! > 0) || scales[T - 1] === Infinity) return curves
  const at = (t: number): HarmonicSchedule => ({ scale: scales[t - 1]!, steps: t, nonIncreasing: rising > t })
  const logAt = (t: number, of: (schedule: HarmonicSchedule) => EarlierBound): number =>
    scales[t - 1]! > 0 ? of(at(t)).logBound : -Infinity
  const hardt = (schedule: HarmonicSchedule): EarlierBound => hardtNonConvexBound(schedule, constants)
  const lampert = (schedule: HarmonicSchedule): EarlierBound => kuzborskijLampertBound(schedule, constants)
  curves.push(
    {
      name: 'Hardt et al., non-convex',
      theorem: 'Hardt et al. 2016, Theorem 3.12, with c = max t·η',
      ...hardt(at(T)),
      logs: drawn.map((t) => logAt(t, hardt)),
    },
    {
      name: 'Kuzborskij & Lampert',
      theorem: 'Kuzborskij & Lampert 2018, Theorem 4, with γ = β and risk 1',
      ...lampert(at(T)),
      logs: drawn.map((t) => logAt(t, lampert)),
    },
  )
  return curves
}

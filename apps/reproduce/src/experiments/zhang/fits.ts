import type { RunResult } from '../../run-result.ts'
import { finalAccuracy } from '../final-accuracy.ts'
import { finished } from '../finished.ts'
import { geometricMean } from '../../statistics/geometric-mean.ts'
import { settledCoherence } from '../settled-coherence.ts'
import { peakOf } from '../peak-of.ts'

/** What became of a finished run. */
export interface Fit {
  readonly seed: number
  readonly arm: string
  readonly trainAccuracy: number
  readonly testAccuracy: number
  /** Of the last evaluation: where every example was fitted, if it was. */
  readonly epochs: number
  readonly fitted: boolean
  readonly peak: number
  /** Geometric mean of m·α after the first transient. */
  readonly coherence: number
}

/** Reads what became of the finished runs. */
export function fitsOf(results: readonly (RunResult | undefined)[]): readonly Fit[] {
  return finished(results).map((run) => ({
    seed: run.spec.seed,
    arm: run.spec.arm,
    trainAccuracy: finalAccuracy(run, 'train'),
    testAccuracy: finalAccuracy(run, 'test'),
    epochs: run.evaluations.at(-1)?.epoch ?? Number.NaN,
    fitted: finalAccuracy(run, 'train') === 1,
    peak: peakOf(run).mAlpha,
    coherence: geometricMean(
      settledCoherence(run)
        .map((row) => row.mAlpha)
        .filter((value) => value > 0),
    ),
  }))
}

/** Fits of one seed by arm. */
export interface SeedFits {
  readonly seed: number
  /** @returns undefined where that run isn't finished. */
  readonly of: (arm: string) => Fit | undefined
}

/** Groups fits by seed. */
export function bySeed(fits: readonly Fit[]): readonly SeedFits[] {
  return [...new Set(fits.map(({ seed }) => seed))].map((seed) => ({
    seed,
    of: (arm) => fits.find((fit) => fit.seed === seed && fit.arm === arm),
  }))
}

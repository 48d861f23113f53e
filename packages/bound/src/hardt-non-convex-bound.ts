import { checkConstants, type BoundConstants } from './bound-constants.ts'
import type { EarlierBound } from './earlier-bound.ts'

/** A schedule as the earlier bounds see it. */
export interface HarmonicSchedule {
  /** c > 0 with η_t ≤ c/t; {@link harmonicScale} gives the least. */
  readonly scale: number
  /** T ≥ 1. */
  readonly steps: number
  /** Whether no η_t is above the one before it. */
  readonly nonIncreasing: boolean
}

/**
 * Hardt, Recht & Singer for any smooth loss in [0, 1]: uniform stability of SGD on single examples with η_t ≤ c/t.
 *
 *   (1 + 1/(βc))/(m − 1) · (2cL²)^{1/(βc+1)} · T^{βc/(βc+1)}
 *
 * It follows from ignoring t₀ = (2cL²)^{1/(βc+1)} T^{βc/(βc+1)} first steps, in which the replaced example is met with
 * probability t₀/m at most. The same for every data set: α isn't in it.
 *
 * @throws RangeError when m < 2, β = 0, the scale isn't above 0, or there are no steps.
 * @see Hardt, Recht, Singer, "Train faster, generalize better", ICML 2016, arXiv:1509.01240, Theorem 3.12.
 */
export function hardtNonConvexBound(schedule: HarmonicSchedule, constants: BoundConstants): EarlierBound {
  checkSchedule(schedule, constants)
  const { scale, steps, nonIncreasing } = schedule
  const { lipschitz, smoothness, examples } = constants
  if (examples < 2) throw new RangeError(`bound: required m ≥ 2 examples, found ${examples}`)
  const power = smoothness * scale
  const logFirst = Math.LN2 + Math.log(scale) + 2 * Math.log(lipschitz)
  return {
    logBound: Math.log1p(1 / power) - Math.log(examples - 1) + (logFirst + power * Math.log(steps)) / (power + 1),
    unmet: nonIncreasing ? [] : ['a learning rate is above the one before it'],
  }
}

/** Refuses what the earlier bounds with η_t ≤ c/t can't be computed for. */
export function checkSchedule({ scale, steps }: HarmonicSchedule, constants: BoundConstants): void {
  checkConstants(constants)
  if (!(scale > 0 && scale < Infinity)) throw new RangeError(`bound: required a finite scale c > 0, found ${scale}`)
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`bound: required steps T ≥ 1, found ${steps}`)
  if (constants.smoothness === 0) throw new RangeError('bound: required a smoothness β > 0, found 0')
}

import type { BoundConstants } from './bound-constants.ts'
import { fillProbes, type AlphaProbe, type FilledSeries, type FillOptions } from './fill-probes.ts'
import { generalizationBound } from './generalization-bound.ts'
import type { Between, Label } from './label.ts'
import { labelsOf } from './labels-of.ts'
import type { GeneralizationBound } from './unroll.ts'

export interface ProbedBoundOptions<B extends Between> extends FillOptions<B> {
  /** `estimated` where L or β was seen along a trajectory. Default `given`. */
  readonly constants?: 'given' | 'estimated'
}

/** Theorem 1's bound where α was measured at some steps, and what it may be called. */
export interface ProbedBound<B extends Between> extends GeneralizationBound, FilledSeries {
  /** What became of the steps between: with α = 0 it stays a bound, with the last one held it is an estimate. */
  readonly standing: B extends 'hold' ? 'estimate' : 'bound'
  /** All that keeps the result from being a bound, α's and the constants' provenance included. Empty for a bound. */
  readonly labels: readonly Label[]
}

/**
 * Theorem 1 from what a run has: a learning rate for every step and α at some of them.
 *
 * @throws RangeError as {@link fillProbes} and {@link generalizationBound}.
 * @see "On the Generalization Mystery in Deep Learning", §5, equation (5), and footnote 12 for α of a sample.
 *
 * @example
 * const { bound, labels } = probedBound([0.1, 0.1], [{ step: 1, alpha: 0.5 }], constants, { between: 'zero' })
 * labels.map((label) => label.kind) // ['under-estimate']: α is a sample's own unless said
 */
export function probedBound<B extends Between>(
  learningRates: ArrayLike<number>,
  probes: readonly AlphaProbe[],
  constants: BoundConstants,
  options: ProbedBoundOptions<B>,
): ProbedBound<B> {
  const { between, alphaIs = 'plug-in', constants: provenance = 'given' } = options
  const filled = fillProbes(learningRates, probes, options)
  const standing = (between === 'hold' ? 'estimate' : 'bound') as ProbedBound<B>['standing']
  const labels = labelsOf({ alphaIs, between, filled: filled.filled, constants: provenance })
  return { ...generalizationBound(filled.steps, constants), ...filled, standing, labels }
}

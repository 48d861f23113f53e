import {
  byLayer,
  imputedAlpha,
  imputedAlphaInterval,
  summarise,
  toNorms,
  type BlockSelector,
  type GradientNorms,
} from '@coherent-gradients/coherence'
import type { ChunkSums } from './chunk-sums.ts'
import type { ScopeProjections } from './chunk-projections.ts'
import { joinedProjections } from './joined-projections.ts'
import type { SamplingErrors } from './sampling-errors.ts'
import type { MeasuredScope, MeasuredSplit } from './scopes-of.ts'

/**
 * Coherence of examples, imputed from the sums over K batch gradients and, where intervals are wanted, their projections.
 *
 * Every number is what the m = K·k examples one by one would give if a batch's gradient were the mean of theirs: α is the
 * corrected one, and Σ‖gᵢ‖²/m follows from it.
 *
 * @param batchSize k.
 */
export function imputedScopesOf(
  { loss, statistic }: ChunkSums,
  batchSize: number,
  projections: readonly ScopeProjections[] = [],
): MeasuredSplit {
  const norms = toNorms(statistic)
  const scopeOf = (name: string, key: string, select?: BlockSelector): MeasuredScope => ({
    ...imputedNumbers(norms, batchSize, select),
    ...errorsOf(norms.m, batchSize, projections, key),
    name,
    share: 1,
  })
  const whole = scopeOf('all', 'all')
  const names = [...new Set(norms.blocks.map(({ layer }) => layer))]
  return {
    loss: loss / statistic.m,
    whole,
    layers: names.map((layer) => {
      const scope = scopeOf(layer, `layer:${layer}`, byLayer(layer))
      return { ...scope, share: whole.meanSquaredNorm === 0 ? 0 : scope.meanSquaredNorm / whole.meanSquaredNorm }
    }),
  }
}

function imputedNumbers(
  norms: GradientNorms,
  k: number,
  select?: BlockSelector,
): Omit<MeasuredScope, 'name' | 'share' | keyof SamplingErrors> {
  const { m, alpha, alphaDebiased, mAlpha } = imputedAlpha(norms, k, select)
  const { meanSquaredNorm: ofBatches, squaredNormOfMean } = summarise(norms, select)
  // A batch of k out of m examples keeps this part of what examples have beyond their mean.
  const kept = (m - k) / (k * (m - 1))
  return {
    m,
    alpha: alpha!,
    alphaDebiased,
    mAlpha: mAlpha!,
    meanSquaredNorm: squaredNormOfMean + (ofBatches - squaredNormOfMean) / kept,
    squaredNormOfMean,
  }
}

function errorsOf(batches: number, k: number, projections: readonly ScopeProjections[], scope: string): SamplingErrors {
  const joined = joinedProjections(batches, projections, scope)
  const interval = joined === undefined ? null : imputedAlphaInterval(joined, k)
  return { interval, standardError: interval?.standardError ?? null }
}

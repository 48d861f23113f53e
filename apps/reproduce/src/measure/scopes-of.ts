import { layers, summarize, type CoherenceSummary } from '@coherent-gradients/coherence'
import type { ChunkSums } from './chunk-sums.ts'
import type { Projections, ScopeProjections } from './chunk-projections.ts'
import { samplingErrors, type SamplingErrors } from './sampling-errors.ts'

/** Coherence of the whole network or of one layer. */
export interface MeasuredScope extends CoherenceSummary, SamplingErrors {
  /** `all`, or the layer's name. */
  readonly name: string
  /** The layer's part in Σ‖g‖²; 1 for the whole. */
  readonly share: number
}

export interface MeasuredScopes {
  readonly whole: MeasuredScope
  /** Those with trainable weights, in the model's order. */
  readonly layers: readonly MeasuredScope[]
}

export interface MeasuredSplit extends MeasuredScopes {
  /** Mean loss. */
  readonly loss: number
}

/** Coherence from the sums over all examples and, where standard errors are wanted, the projections of all chunks in order. */
export function scopesOf({ loss, statistic }: ChunkSums, projections: readonly ScopeProjections[] = []): MeasuredSplit {
  const errorsOf = (scope: string): SamplingErrors => samplingErrors(joined(statistic.count, scope, projections))
  return {
    loss: loss / statistic.count,
    whole: { name: 'all', ...summarize(statistic), share: 1, ...errorsOf('all') },
    layers: layers(statistic).map(({ layer, ...rest }) => ({ ...rest, name: layer, ...errorsOf(`layer:${layer}`) })),
  }
}

/** All chunks' projections in one; undefined where there are none. */
function joined(m: number, scope: string, chunks: readonly ScopeProjections[]): Projections | undefined {
  if (chunks.length === 0) return undefined
  const whole = { squaredNorms: new Float64Array(m), dots: new Float64Array(m) }
  let at = 0
  for (const chunk of chunks) {
    const { squaredNorms, dots } = chunk.get(scope)!
    whole.squaredNorms.set(squaredNorms, at)
    whole.dots.set(dots, at)
    at += dots.length
  }
  return whole
}

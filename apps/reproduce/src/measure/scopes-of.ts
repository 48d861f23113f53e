import { layers, summarise, type CoherenceSummary } from '@coherent-gradients/coherence'
import type { ChunkSums } from './chunk-sums.ts'
import type { ScopeProjections } from './chunk-projections.ts'
import { joinedProjections } from './joined-projections.ts'
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
  const errorsOf = (scope: string): SamplingErrors => samplingErrors(joinedProjections(statistic.m, projections, scope))
  return {
    loss: loss / statistic.m,
    whole: { name: 'all', ...summarise(statistic), share: 1, ...errorsOf('all') },
    layers: layers(statistic).map(({ layer, ...rest }) => ({ ...rest, name: layer, ...errorsOf(`layer:${layer}`) })),
  }
}

import {
  alphaStandardError,
  layers,
  summarize,
  type CoherenceSummary,
  type GradientStatistic,
} from '@coherent-gradients/coherence'
import type { ChunkSums } from './chunk-sums.ts'
import type { ScopeProjections } from './chunk-projections.ts'

/** Coherence of the whole network or of one layer. */
export interface MeasuredScope extends CoherenceSummary {
  /** `all`, or the layer's name. */
  readonly name: string
  /** The layer's part in Σ‖g‖²; 1 for the whole. */
  readonly share: number
  /** The jackknife's, of α; null at m = 1 and where it wasn't asked for. */
  readonly standardError: number | null
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
  const errorOf = standardErrors(statistic, projections)
  return {
    loss: loss / statistic.count,
    whole: { name: 'all', ...summarize(statistic), share: 1, standardError: errorOf('all') },
    layers: layers(statistic).map(({ layer, ...rest }) => ({
      ...rest,
      name: layer,
      standardError: errorOf(`layer:${layer}`),
    })),
  }
}

function standardErrors(
  { count }: GradientStatistic,
  projections: readonly ScopeProjections[],
): (scope: string) => number | null {
  return (scope) => {
    if (projections.length === 0) return null
    const [squaredNorms, dots] = [new Float64Array(count), new Float64Array(count)]
    let at = 0
    for (const chunk of projections) {
      const found = chunk.get(scope)!
      squaredNorms.set(found.squaredNorms, at)
      dots.set(found.dots, at)
      at += found.dots.length
    }
    return alphaStandardError({ squaredNorms, dots })
  }
}

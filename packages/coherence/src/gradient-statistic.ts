/** What coherence needs of m gradients of one weight tensor. */
export interface BlockStatistic {
  readonly name: string
  readonly layer: string
  /** Σᵢ ‖gᵢ‖² over the block's elements. */
  readonly sumOfSquaredNorms: number
  /** Σᵢ gᵢ, flattened. A sum, never divided by m. */
  readonly sum: Float64Array
}

/**
 * What coherence needs of m gradients: m, and per weight tensor Σ‖g‖² and Σg. A Monoid under `concat`:
 * batches, shards and machines merge, left to right in float64. The empty statistic has no blocks.
 */
export interface GradientStatistic {
  readonly m: number
  readonly blocks: readonly BlockStatistic[]
}

/** What coherence needs of m gradients of one weight tensor once nothing more is to be merged. */
export interface BlockNorms {
  readonly name: string
  readonly layer: string
  /** Σᵢ ‖gᵢ‖² over the block's elements. */
  readonly sumOfSquaredNorms: number
  /** ‖Σᵢ gᵢ‖² over the block's elements. */
  readonly squaredNormOfSum: number
}

/** A {@link GradientStatistic} with the length of Σg in place of Σg: two numbers a weight. It can't be merged. */
export interface GradientNorms {
  readonly m: number
  readonly blocks: readonly BlockNorms[]
}

/** Whatever coherence can be measured on. */
export type Measurable = GradientStatistic | GradientNorms

/** Picks the blocks that count, by name and layer. */
export type BlockSelector = (block: { readonly name: string; readonly layer: string }) => boolean

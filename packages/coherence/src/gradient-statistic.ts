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
 * What coherence needs of m gradients: the count, and per weight tensor Σ‖g‖² and Σg. A Monoid under `concat`:
 * batches, shards and machines merge, left to right in float64. The empty statistic has no blocks.
 */
export interface GradientStatistic {
  readonly count: number
  readonly blocks: readonly BlockStatistic[]
}

/** Picks the blocks that count, by name and layer. */
export type BlockSelector = (block: BlockStatistic) => boolean

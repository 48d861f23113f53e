/** What coherence needs of m gradients of one weight tensor, element by element. */
export interface ParameterBlock {
  readonly name: string
  readonly layer: string
  /** [size] Σᵢ gᵢⱼ of every element j. A sum, never divided by m. */
  readonly sum: Float64Array
  /** [size] Σᵢ gᵢⱼ² of every element j. */
  readonly sumOfSquares: Float64Array
}

/**
 * What the coherence of single parameters needs of m gradients: m, and Σg and Σg² per element. Two gradients'
 * worth of memory whatever m is. A Monoid under {@link parameterMonoid}. The empty statistic has no blocks.
 */
export interface ParameterStatistic {
  readonly m: number
  readonly blocks: readonly ParameterBlock[]
}

/** One number for every element of a weight tensor. */
export interface ParameterValues {
  readonly name: string
  readonly layer: string
  /** [size] in the weight's own order, flattened. */
  readonly values: Float64Array
}

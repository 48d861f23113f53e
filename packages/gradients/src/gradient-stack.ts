import type { Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core'

/**
 * The factors of a dense layer's per-example gradients: row i is `activations[i] ⊗ deltas[i]`, never formed.
 * Index legend: i of m rows, d inputs, p outputs; the weight has d × p elements, element (a, b) at a·p + b.
 */
export interface Factors {
  readonly activations: Tensor2D // [m, d]
  readonly deltas: Tensor2D // [m, p]
}

/**
 * m gradients of one trainable weight, one row per example (or per micro-batch).
 *
 * Every method is synchronous, tensor → tensor, reads nothing back, and gives a new tensor that the caller disposes.
 * Rows are each example's own gradient: never divided by m.
 */
export interface GradientBlock {
  /** The layer's own name for the weight, stable across models: `dense_1/kernel`. */
  readonly name: string
  readonly variable: Variable
  readonly layer: string
  readonly shape: readonly number[]
  /** Number of elements, the product of `shape`. */
  readonly size: number
  /** Present where the rows are an outer product, so that a kernel can work on the factors. Owned by the stack. */
  readonly factors?: Factors
  /** (1/m) Σᵢ gᵢ, shaped like the weight. Computed once; asked again, a block may give a clone of what it holds. */
  mean(): Tensor
  /** Σᵢ wᵢ gᵢ for weights [m], shaped like the weight. Rows aren't formed where the mean needs none formed. */
  weightedSum(weights: Tensor1D): Tensor
  /** [m] ‖gᵢ‖². */
  squaredNorms(): Tensor1D
  /** [m] gᵢ·v, for v shaped like the weight. */
  dot(direction: Tensor): Tensor1D
  /** [m, m] gᵢ·gⱼ. */
  gram(): Tensor2D
  /** [m, to − from] elements from…to of every flattened row, formed. */
  columns(from: number, to: number): Tensor2D
}

/** m gradients of all trainable weights at one point. `dispose` frees the factors; blocks are unusable afterwards. */
export interface GradientStack {
  readonly rows: number
  readonly blocks: readonly GradientBlock[]
  /** [m] each row's loss (for micro-batches, the mean over the group). Owned by the stack. */
  readonly losses: Tensor1D
  dispose(): void
}

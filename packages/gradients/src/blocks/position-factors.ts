import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'

/**
 * Gradients that are sums of outer products over T positions, gᵢ = Σₜ aᵢₜ ⊗ δᵢₜ, held as whatever the activations a come
 * from: the inputs of a dense layer themselves, or the images that a convolution reads patches of.
 *
 * Index legend: i of m rows, t of T positions, a of d inputs, b of p outputs; the weight's element (a, b) is at a·p + b.
 * Every method makes tensors that the caller disposes of; so does `take`, whose tensors belong to the tidy around it.
 */
export interface PositionFactors {
  readonly rows: number
  readonly positions: number
  readonly inputs: number
  readonly outputs: number
  /** Rows from … from + count − 1. */
  take(from: number, count: number): PositionFactors
  /** The same gradients, each times its weight of [m]. The tensors made belong to the tidy around it. */
  weighted(weights: Tensor1D): PositionFactors
  /** [d, p] Σᵢ gᵢ. */
  sum(): Tensor2D
  /** [d, p] Σᵢ gᵢ and [m] ‖gᵢ‖² in one pass; undefined where the engine or the factors have none. */
  sumAndSquaredNorms?(): { readonly sum: Tensor2D; readonly squaredNorms: Tensor1D } | undefined
  /** [m, count, p] each row's inputs first … first + count − 1. */
  formed(first: number, count: number): Tensor3D
  /** [m] gᵢ·v, for v with d·p elements. */
  along(direction: Tensor): Tensor1D
  /** [m, T, d]. */
  activations(): Tensor3D
  /** [m, T, p]. */
  deltas(): Tensor3D
}

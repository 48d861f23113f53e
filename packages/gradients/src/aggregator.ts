import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import type { GradientFold } from './gradient-fold.ts'
import type { GradientStack } from './gradient-stack.ts'

/** What an aggregator needs to know of the weights before the first step. */
export interface WeightShape {
  readonly name: string
  readonly shape: readonly number[]
}

/** An aggregator's memory: named tensors, so that it goes into a checkpoint as it is. Empty for a rule without memory. */
export type AggregatorState = Readonly<Record<string, Tensor>>

/**
 * GradientStack → one gradient, as a pair of pure functions with explicit state.
 *
 * `aggregate` is synchronous and leaves the stack as it was. It reads nothing back but, where the backend can be read
 * synchronously, a number for each row, to refuse rows that aren't finite. The gradient has the scale of a mean
 * over rows (the mean aggregator gives (1/m) Σᵢ gᵢ), keyed by block name. The caller disposes of the gradient's tensors
 * and of the old state (a tensor that the rule carries over unchanged is cloned, so both can be disposed).
 */
export interface Aggregator {
  /** Short name that appears in figures: `mean`, `winsor(8%)`, `M3(32)`. */
  readonly name: string
  /**
   * What a row is: one example, or the mean of one of `groups` equal micro-batches. `orMicroBatches` says that it makes no
   * difference, as to the mean, so that the rule can share micro-batches with one that needs them.
   */
  readonly rows:
    | { readonly of: 'examples'; readonly orMicroBatches?: true }
    | { readonly of: 'micro-batches'; readonly groups: number }
  init(weights: readonly WeightShape[]): AggregatorState
  aggregate(
    stack: GradientStack,
    state: AggregatorState,
  ): { readonly gradient: NamedTensorMap; readonly state: AggregatorState }
  /**
   * Where a rule over micro-batches has no memory and needs less than all of their gradients at once: the same rule, up to
   * the rounding of float32 sums, as a fold over one after another. See `foldMicroBatches`.
   */
  fold?(): GradientFold
}

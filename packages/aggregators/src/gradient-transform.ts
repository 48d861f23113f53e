import type { AggregatorState, WeightShape } from '@coherent-gradients/gradients'
import type { NamedTensorMap } from '@tensorflow/tfjs-core'

/**
 * Gradient → gradient, as a pair of pure functions with explicit state: what may stand behind a rule in a `chain`, and
 * what optax calls a gradient transformation.
 *
 * `update` is synchronous and reads nothing back. It leaves its arguments as they are; the caller disposes of both and of
 * what it is given (what is handed on unchanged is cloned).
 */
export interface GradientTransform {
  /** Short name that appears in figures: `momentum(0.9)`. */
  readonly name: string
  init(weights: readonly WeightShape[]): AggregatorState
  update(
    gradient: NamedTensorMap,
    state: AggregatorState,
  ): { readonly gradient: NamedTensorMap; readonly state: AggregatorState }
}

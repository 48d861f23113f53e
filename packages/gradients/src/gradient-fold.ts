import type { NamedTensorMap } from '@tensorflow/tfjs-core'

/**
 * An aggregation that takes one gradient after another and keeps what it needs of them, instead of a stack of all.
 *
 * What it keeps isn't freed by a `tf.tidy` around its calls, but by `finish` and `dispose`.
 */
export interface GradientFold {
  /** Takes one more gradient, keyed by block name. Its tensors stay the caller's. */
  add(gradient: NamedTensorMap): void
  /**
   * The aggregate of all, with the scale of a mean, keyed by block name; the caller disposes of it. Ends the fold. Refuses
   * what the rule refuses, so that a loss which isn't finite can be told before.
   */
  finish(): NamedTensorMap
  /** Frees what is kept; does nothing after `finish`. */
  dispose(): void
}

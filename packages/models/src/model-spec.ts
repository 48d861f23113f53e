/**
 * How a weight starts.
 *
 * - `scaled-normal`: N(0, 1) · 2/√(fan_in + fan_out), biases 0: the authors' own.
 * - a number: every weight and bias has this value (0 for the paper's linear model, 0.01 for its deep ones).
 */
export type Initialisation = 'scaled-normal' | number

/** A network as plain data: it goes into a run's spec, and from it and a key come the same bits on every engine. */
export type ModelSpec =
  /** Fully connected ReLU layers of the `hidden` widths and a linear layer of `outputs` logits: the paper's MNIST network. */
  | {
      readonly kind: 'mlp'
      readonly inputs: number
      readonly hidden: readonly number[]
      readonly outputs: number
      readonly initialisation?: Initialisation
    }
  /** y = W·x, without bias: Example 1, which starts at 0. */
  | {
      readonly kind: 'linear'
      readonly inputs: number
      readonly outputs: number
      readonly initialisation?: Initialisation
    }
  /** y = (w ⊙ u)·x: Example 7, which starts at 0.01. */
  | { readonly kind: 'deep-linear'; readonly inputs: number; readonly initialisation?: Initialisation }

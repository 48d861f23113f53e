import type { SpecOfRun } from './spec-of-run.ts'

/** How the examples' gradients become one. */
export type ToyRule = 'mean' | 'median' | { readonly winsorized: number }

/** One gradient descent on a toy problem. */
export interface Descent {
  /** Names it in the table: `L, median`. */
  readonly name: string
  readonly data: 'L' | 'M'
  readonly model: 'linear' | 'deep-linear' | 'two-neurons'
  /** Every parameter's first value, but for those named in `except`. */
  readonly initial: number
  readonly except?: Readonly<Record<string, number>>
  readonly rule: ToyRule
  /** Examples of each step, drawn epoch by epoch; all where it isn't said. */
  readonly batchSize?: number
  readonly learningRate: number
  readonly steps: number
  /** Steps from one measurement to the next; the first and the last weights are always measured. */
  readonly every: number
  /** What is measured besides losses and m·α. */
  readonly measure: readonly ('weights' | 'gradients' | 'components' | 'pairs')[]
}

/** Gradient descents on the paper's toy data, in float64. */
export interface DescentSpec extends SpecOfRun {
  readonly task: 'toy-descent'
  readonly descents: readonly Descent[]
}

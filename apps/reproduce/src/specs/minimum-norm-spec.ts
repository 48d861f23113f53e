import type { SpecOfRun } from './spec-of-run.ts'

/** Minimum-norm fits: of the toy data, beside where gradient descent ends, and of a data set's first n examples, for each n. */
export interface MinimumNormSpec extends SpecOfRun {
  readonly task: 'minimum-norm'
  readonly dataset: 'mnist'
  /** n, ascending: each set of training examples is part of the next. */
  readonly sizes: readonly number[]
  readonly test: number
  /** σ of the Gaussian kernel exp(−‖x − x′‖²/2σ²), beside the linear one x·x′. */
  readonly width: number
  /** n at most for the linear kernel: beyond the rank of the inputs nothing fits all labels. */
  readonly linearUpTo: number
}

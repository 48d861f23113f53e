/** How far one run is. */
export interface Progress {
  /** The run's name among those that go on now: `real`. */
  readonly run: string
  readonly step: number
  /** The most steps that it can take; it may be fitted, and stop, before. */
  readonly steps: number
  readonly epoch: number
  /** The minibatch's. */
  readonly loss: number
  /** The minibatch's, or the training split's at the last evaluation: 0 to 1. */
  readonly accuracy: number
  /** Coherence of the training examples, where it was measured at this very step. */
  readonly mAlpha?: number | undefined
}

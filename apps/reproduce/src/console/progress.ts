/** How far one run is. */
export interface Progress {
  /** The run's name among those that go on now: `real`. */
  readonly run: string
  readonly step: number
  /** The steps that it takes; absent where it ends when it is fitted, and nobody can tell how long that takes. */
  readonly steps?: number
  readonly epoch?: number
  /** The minibatch's. */
  readonly loss?: number
  /** The minibatch's, or the training split's at the last evaluation: 0 to 1. */
  readonly accuracy?: number
  /** Coherence of the training examples, where it was measured at this very step. */
  readonly mAlpha?: number | undefined
}

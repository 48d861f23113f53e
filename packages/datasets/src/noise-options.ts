import type { Key } from '@coherent-gradients/core'

export interface NoiseOptions {
  /** Where the noise's randomness comes from. Each kind derives a key of its own from it. */
  readonly key: Key
  /** The share of examples that noise chooses, 0 to 1. */
  readonly fraction: number
}

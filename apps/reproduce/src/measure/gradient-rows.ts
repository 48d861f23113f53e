import type { Failure } from '@coherent-gradients/core'
import type { either as E } from 'fp-ts'

/** Every example's gradient of one weight. */
export interface GradientRows {
  /** `layer/weight`. */
  readonly name: string
  /** Examples. */
  readonly m: number
  /** [m × p], row after row. */
  readonly data: Float32Array | Float64Array
}

/** Weight after weight, so that one at a time needs to be held; nothing comes after a failure. */
export type GradientFile = AsyncIterable<E.Either<Failure, GradientRows>>

import type { Variable } from '@tensorflow/tfjs-core'

/** The part of a block that says which weight it is about. */
export interface BlockWeight {
  readonly name: string
  readonly variable: Variable
  readonly layer: string
  readonly shape: readonly number[]
  readonly size: number
}

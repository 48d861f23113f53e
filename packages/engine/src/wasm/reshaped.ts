import type { TensorInfo } from '@tensorflow/tfjs-core'

/** The same numbers in another shape. Owns nothing: valid as long as `tensor` is. */
export function reshaped(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
  return { ...tensor, dataId: tensor.dataId, shape: [...shape] }
}

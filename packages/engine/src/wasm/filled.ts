import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'

/** A tensor once `fill` has written its numbers. Where that throws, for want of memory say, the tensor is freed. */
export function filled(backend: KernelBackend, tensor: TensorInfo, fill: () => void): TensorInfo {
  try {
    fill()
  } catch (error) {
    backend.disposeData(tensor.dataId)
    throw error
  }
  return tensor
}

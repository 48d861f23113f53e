import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'

/** Frees, once `body` has returned or thrown, every tensor that it passed through `temporary`. */
export function withTemporaries<T>(
  backend: KernelBackend,
  body: (temporary: (tensor: TensorInfo) => TensorInfo) => T,
): T {
  const owned: TensorInfo[] = []
  try {
    return body((tensor) => {
      owned.push(tensor)
      return tensor
    })
  } finally {
    for (const { dataId } of owned) backend.disposeData(dataId)
  }
}

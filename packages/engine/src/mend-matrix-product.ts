import * as tf from '@tensorflow/tfjs-core'
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

const mended = new Set<string>()

interface Product {
  readonly inputs: { readonly a: TensorInfo; readonly b: TensorInfo }
  readonly backend: KernelBackend
  readonly attrs: { readonly transposeA: boolean; readonly transposeB: boolean }
}

/**
 * Re-registers `BatchMatMul` of a backend so that a transposed operand is transposed first, by the backend's own
 * `Transpose`, and the product then runs untransposed. The values are those of the stock kernel up to the order of
 * summation. On tfjs's wasm backend the untransposed product runs more than ten times as fast as a transposed one,
 * and every backward pass of a dense layer has two of those.
 *
 * Idempotent. Throws an Error where the backend has no `BatchMatMul` or no `Transpose`.
 */
export function mendMatrixProduct(backendName: string): void {
  if (mended.has(backendName)) return
  const product = kernelOf('BatchMatMul', backendName)
  const transpose = kernelOf('Transpose', backendName)
  const stock = product.kernelFunc as unknown as (args: Product) => TensorInfo
  const transposed = transpose.kernelFunc as unknown as (args: {
    inputs: { x: TensorInfo }
    backend: KernelBackend
    attrs: { perm: number[] }
  }) => TensorInfo

  const kernelFunc = ({ inputs, backend, attrs }: Product): TensorInfo => {
    const swapLastTwo = (x: TensorInfo): TensorInfo => {
      const rank = x.shape.length
      const perm = [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2)
      return transposed({ inputs: { x }, backend, attrs: { perm } })
    }
    const a = attrs.transposeA ? swapLastTwo(inputs.a) : inputs.a
    const b = attrs.transposeB ? swapLastTwo(inputs.b) : inputs.b
    try {
      return stock({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } })
    } finally {
      if (a !== inputs.a) backend.disposeData(a.dataId)
      if (b !== inputs.b) backend.disposeData(b.dataId)
    }
  }
  tf.unregisterKernel('BatchMatMul', backendName)
  tf.registerKernel({ ...product, kernelFunc: kernelFunc as unknown as KernelFunc })
  mended.add(backendName)
}

function kernelOf(kernelName: string, backendName: string): tf.KernelConfig {
  const kernel = tf.getKernel(kernelName, backendName)
  if (kernel == null) throw new Error(`mendMatrixProduct: backend ${backendName} has no kernel ${kernelName}`)
  return kernel
}

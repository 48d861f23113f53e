import type { TensorInfo } from '@tensorflow/tfjs-core'
import { productOfTensors, type ProductOptions } from './product-of-tensors.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `BatchMatMul`, as fast transposed as not, for every rank and broadcast. */
export const batchMatMul: WasmKernel = {
  name: 'BatchMatMul',
  make:
    () =>
    ({
      inputs: { a, b },
      backend,
      attrs,
    }: KernelCall<{ a: TensorInfo; b: TensorInfo }, ProductOptions>): TensorInfo => {
      const { transposeA, transposeB } = attrs
      return productOfTensors(backend, a, b, { transposeA, transposeB })
    },
}

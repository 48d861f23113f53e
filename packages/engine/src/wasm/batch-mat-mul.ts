import type { TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import { productOfTensors, type ProductOptions } from './product-of-tensors.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

/**
 * `BatchMatMul`, as fast transposed as not, for every rank and broadcast. Integers, which the stock kernel refuses, are
 * multiplied as float32: exact as long as the sums stay below 2²⁴.
 */
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
      const options = { transposeA, transposeB }
      if (a.dtype === 'float32' && b.dtype === 'float32') return productOfTensors(backend, a, b, options)
      const cast = (x: TensorInfo, dtype: string): TensorInfo => callKernel(backend, 'Cast', { x }, { dtype })
      return withTemporaries(backend, (temporary) => {
        const [left, right] = [a, b].map((x) => temporary(cast(x, 'float32')))
        return cast(temporary(productOfTensors(backend, left!, right!, options)), 'int32')
      })
    },
}

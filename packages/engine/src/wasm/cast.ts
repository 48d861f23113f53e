import type { DataType, TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'
import { zeros } from './zeros.ts'

/** `Cast` that shares the numbers where the type stays, and for which every number but 0 is true. */
export const cast: WasmKernel = {
  name: 'Cast',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo }, { dtype: DataType }>): TensorInfo => {
      const { inputs, backend, attrs } = call
      const { x } = inputs
      if (x.dtype === attrs.dtype && x.dtype !== 'string') return callKernel(backend, 'Identity', { x })
      if (attrs.dtype !== 'bool' || x.dtype === 'string') return stock(call)
      return withTemporaries(backend, (temporary) => {
        const zero = temporary(zeros(backend, [], x.dtype))
        return callKernel(backend, 'NotEqual', { a: x, b: zero })
      })
    },
}

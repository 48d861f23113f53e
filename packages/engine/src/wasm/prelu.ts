import type { TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

/** `Prelu` with an α that broadcasts; the stock kernel takes an α that is shared along a trailing axis for one that isn't. */
export const prelu: WasmKernel = {
  name: 'Prelu',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo; alpha: TensorInfo }>): TensorInfo => {
      const { inputs, backend } = call
      const { x, alpha } = inputs
      if (coversTrailingAxes(alpha.shape, x.shape)) return stock(call)
      return withTemporaries(backend, (temporary) => {
        const number = temporary(callKernel(backend, 'Cast', { x }, { dtype: 'float32' }))
        const positive = temporary(callKernel(backend, 'Relu', { x: number }))
        const negative = temporary(
          callKernel(backend, 'Relu', { x: temporary(callKernel(backend, 'Neg', { x: number })) }),
        )
        const scaled = temporary(callKernel(backend, 'Multiply', { a: alpha, b: negative }))
        return callKernel(backend, 'Sub', { a: positive, b: scaled })
      })
    },
}

function coversTrailingAxes(alpha: readonly number[], x: readonly number[]): boolean {
  const first = alpha.findIndex((size) => size !== 1)
  const own = first < 0 ? [] : alpha.slice(first)
  return own.length <= x.length && own.every((size, axis) => size === x[x.length - own.length + axis])
}

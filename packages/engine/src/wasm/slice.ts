import { slice_util, util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { rowMajorStrides } from './row-major-strides.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface Attributes {
  readonly begin: number | number[]
  readonly size: number | number[]
}

/**
 * `Slice` that reads the slice alone; the stock kernel copies the whole tensor first. Refuses a slice that reaches past
 * the tensor, as tfjs's other backends do.
 */
export const slice: WasmKernel = {
  name: 'Slice',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo }, Attributes>): TensorInfo => {
      const { inputs, backend, attrs } = call
      const { x } = inputs
      const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin, attrs.size) as [number[], number[]]
      slice_util.assertParamsValid(x as never, begin, size)
      if (x.dtype === 'string') return stock(call)
      const memory = tensorMemory(backend)
      const strides = rowMajorStrides(x.shape)
      const bytes = util.bytesPerElement(x.dtype)
      const from = begin.reduce((sum, index, axis) => sum + index * strides[axis]!, 0) * bytes
      const sliced = util.sizeFromShape(size)
      if (slice_util.isSliceContinous(x.shape, begin, size)) {
        const out = memory.output(size, x.dtype)
        const at = memory.addressOf(x) + from
        new Uint8Array(memory.memory.buffer).copyWithin(memory.addressOf(out), at, at + sliced * bytes)
        return out
      }
      if (bytes !== 4 || size.length > 5) return stock(call)
      const out = memory.output(size, x.dtype)
      if (sliced > 0) {
        const source = { at: memory.addressOf(x) + from, strides }
        const target = { at: memory.addressOf(out), strides: rowMajorStrides(size) }
        tensorKernelsOf(backend).stridedCopy(size, source, target)
      }
      return out
    },
}

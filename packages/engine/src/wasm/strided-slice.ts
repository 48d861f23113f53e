import { slice_util, util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { callKernel } from './call-kernel.ts'
import { reshaped } from './reshaped.ts'
import { rowMajorStrides } from './row-major-strides.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { withTemporaries } from './with-temporaries.ts'

interface Attributes {
  readonly begin: number[]
  readonly end: number[]
  readonly strides: number[]
  readonly beginMask: number
  readonly endMask: number
  readonly ellipsisMask: number
  readonly newAxisMask: number
  readonly shrinkAxisMask: number
}

/** `StridedSlice` by rows; the stock kernel goes number by number. */
export const stridedSlice: WasmKernel = {
  name: 'StridedSlice',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo }, Attributes>): TensorInfo => {
      const {
        inputs: { x },
        backend,
        attrs,
      } = call
      const masks = [
        attrs.beginMask,
        attrs.endMask,
        attrs.ellipsisMask,
        attrs.newAxisMask,
        attrs.shrinkAxisMask,
      ] as const
      const info = slice_util.sliceInfo(x.shape, attrs.begin, attrs.end, attrs.strides, ...masks)
      const { finalShape, begin, end, strides } = info
      const bytes = util.bytesPerElement(x.dtype)
      const whole = info.isIdentity || info.sliceDim0 || info.isSimpleSlice
      const memory = tensorMemory(backend)
      // The stock kernel takes one row for none.
      if (x.dtype !== 'string' && util.sizeFromShape(finalShape) === 0) return memory.output(finalShape, x.dtype)
      if (whole || x.dtype === 'string' || bytes !== 4 || x.shape.length > 5) return stock(call)
      const size = slice_util.computeOutShape(begin, end, strides)
      const from = rowMajorStrides(x.shape)
      const start = begin.reduce((sum, index, axis) => sum + index * from[axis]!, 0)
      return withTemporaries(backend, (temporary) => {
        const out = temporary(memory.output(size, x.dtype))
        tensorKernelsOf(backend).stridedCopy(
          size,
          { at: memory.addressOf(x) + bytes * start, strides: from.map((stride, axis) => stride * strides[axis]!) },
          { at: memory.addressOf(out), strides: rowMajorStrides(size) },
        )
        return callKernel(backend, 'Identity', { x: reshaped(out, finalShape) })
      })
    },
}

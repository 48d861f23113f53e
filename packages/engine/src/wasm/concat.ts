import { backend_util, util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `Concat` that copies a whole tensor at a time; the stock kernel goes row by row, tensor by tensor. */
export const concat: WasmKernel = {
  name: 'Concat',
  make:
    (stock) =>
    (call: KernelCall<readonly TensorInfo[], { axis: number }>): TensorInfo => {
      const { inputs, backend, attrs } = call
      const parts = Object.values(inputs)
      const { dtype, shape } = parts[0]!
      const axis = util.parseAxisParam(attrs.axis, shape)[0]!
      const rows = util.sizeFromShape(shape.slice(0, axis))
      const alike = parts.every((part) => part.dtype === dtype)
      if (dtype === 'string' || !alike || util.bytesPerElement(dtype) !== 4 || rows === 1) return stock(call)
      const shapes = parts.map((part) => part.shape)
      backend_util.assertParamsConsistent(shapes, axis)
      const outShape = backend_util.computeOutShape(shapes, axis)
      const memory = tensorMemory(backend)
      const out = memory.output(outShape, dtype)
      const row = util.sizeFromShape(outShape.slice(axis))
      let at = memory.addressOf(out)
      for (const part of parts) {
        const width = util.sizeFromShape(part.shape.slice(axis))
        const from = { at: memory.addressOf(part), strides: [width, 1] }
        tensorKernelsOf(backend).stridedCopy([rows, width], from, { at, strides: [row, 1] })
        at += 4 * width
      }
      return out
    },
}

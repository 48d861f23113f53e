import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { rowMajorStrides } from './row-major-strides.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

/** `Tile` by copying rows; the stock kernel goes number by number. Batch normalisation goes back through it. */
export const tile: WasmKernel = {
  name: 'Tile',
  make:
    (stock) =>
    (call: KernelCall<{ x: TensorInfo }, { reps: number[] }>): TensorInfo => {
      const { inputs, backend, attrs } = call
      const { x } = inputs
      if (x.dtype === 'string' || util.bytesPerElement(x.dtype) !== 4) return stock(call)
      const shape = x.shape.map((size, axis) => size * attrs.reps[axis]!)
      const [from, to] = [rowMajorStrides(x.shape), rowMajorStrides(shape)]
      // Every axis is two: which copy, and the index in it.
      const axes = x.shape
        .flatMap((size, axis) => [
          { size: attrs.reps[axis]!, from: 0, to: to[axis]! * size },
          { size, from: from[axis]!, to: to[axis]! },
        ])
        .filter(({ size }) => size !== 1)
      if (axes.length > 5) return stock(call)
      const memory = tensorMemory(backend)
      const out = memory.output(shape, x.dtype)
      if (util.sizeFromShape(shape) === 0) return out
      tensorKernelsOf(backend).stridedCopy(
        axes.map(({ size }) => size),
        { at: memory.addressOf(x), strides: axes.map((axis) => axis.from) },
        { at: memory.addressOf(out), strides: axes.map((axis) => axis.to) },
      )
      return out
    },
}

import { util } from '@tensorflow/tfjs-core'
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { filled } from './filled.ts'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

type Call = KernelCall<{ x: TensorInfo }, { axis: number | number[]; keepDims: boolean }>

/**
 * A reduction over the first axes by adding rows, as a bias's gradient and batch statistics need it; the stock kernel
 * transposes the tensor first.
 */
function overFirstAxes(name: string, finish: (sums: Float32Array, rows: number) => void): WasmKernel {
  return {
    name,
    make:
      (stock) =>
      (call: Call): TensorInfo => {
        const { inputs, backend, attrs } = call
        const { x } = inputs
        const reduced = util.parseAxisParam(attrs.axis, x.shape).toSorted((a, b) => a - b)
        const isFirst = reduced.length < x.shape.length && reduced.every((axis, index) => axis === index)
        if (!isFirst || reduced.length === 0 || x.dtype !== 'float32') return stock(call)
        const rows = util.sizeFromShape(x.shape.slice(0, reduced.length))
        const kept = x.shape.slice(reduced.length)
        const sums = columnSums(backend, x, rows, attrs.keepDims ? [...reduced.map(() => 1), ...kept] : kept)
        const memory = tensorMemory(backend)
        finish(new Float32Array(memory.memory.buffer, memory.addressOf(sums), util.sizeFromShape(kept)), rows)
        return sums
      },
  }
}

export const sum: WasmKernel = overFirstAxes('Sum', () => {})

export const mean: WasmKernel = overFirstAxes('Mean', (sums, rows) => {
  for (let i = 0; i < sums.length; i++) sums[i]! /= rows
})

function columnSums(backend: KernelBackend, x: TensorInfo, rows: number, shape: number[]): TensorInfo {
  const memory = tensorMemory(backend)
  const sums = memory.output(shape, 'float32')
  const width = util.sizeFromShape(shape)
  return filled(backend, sums, () => {
    const room = memory.scratch(4 * width)
    tensorKernelsOf(backend).sumRows(memory.addressOf(x), rows, width, room, memory.addressOf(sums))
  })
}

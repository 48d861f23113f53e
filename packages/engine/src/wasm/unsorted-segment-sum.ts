import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'
import { zeros } from './zeros.ts'

/**
 * Sums of the rows of x [n, …] that have the same id, which the stock backend lacks: → [segments, …]. Rows whose id is
 * negative or past the last segment are left out. Every `gather`, an embedding's among them, needs it to go back.
 */
export const unsortedSegmentSum: WasmKernel = {
  name: 'UnsortedSegmentSum',
  make:
    () =>
    ({
      inputs: { x, segmentIds },
      backend,
      attrs: { numSegments },
    }: KernelCall<{ x: TensorInfo; segmentIds: TensorInfo }, { numSegments: number }>) => {
      const memory = tensorMemory(backend)
      const rowShape = x.shape.slice(segmentIds.shape.length)
      const sums = zeros(backend, [numSegments, ...rowShape], x.dtype)
      const rows = util.sizeFromShape(segmentIds.shape)
      const width = util.sizeFromShape(rowShape)
      const segment = { values: memory.addressOf(x), ids: memory.addressOf(segmentIds), rows, width }
      if (x.dtype === 'float32') {
        tensorKernelsOf(backend).sumSegments({ ...segment, segments: numSegments, sums: memory.addressOf(sums) })
        return sums
      }
      const { buffer } = memory.memory
      const values = new Int32Array(buffer, segment.values, rows * width)
      const ids = new Int32Array(buffer, segment.ids, rows)
      const totals = new Int32Array(buffer, memory.addressOf(sums), numSegments * width)
      for (const [row, id] of ids.entries()) {
        if (id < 0 || id >= numSegments) continue
        for (let j = 0; j < width; j++) totals[id * width + j]! += values[row * width + j]!
      }
      return sums
    },
}

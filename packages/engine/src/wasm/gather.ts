import { backend_util, util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { tensorKernelsOf } from './tensor-kernels-of.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

type Call = KernelCall<{ x: TensorInfo; indices: TensorInfo }, { axis: number; batchDims: number }>

/** `GatherV2` by rows; the stock kernel goes number by number. Refuses an index that is out of range. */
export const gather: WasmKernel = {
  name: 'GatherV2',
  make:
    (stock) =>
    (call: Call): TensorInfo => {
      const { inputs, backend, attrs } = call
      const { x, indices } = inputs
      if (x.dtype === 'string' || util.bytesPerElement(x.dtype) !== 4) return stock(call)
      const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!
      const memory = tensorMemory(backend)
      const total = util.sizeFromShape(indices.shape)
      const last = x.shape[axis]! - 1
      for (const index of new Int32Array(memory.memory.buffer, memory.addressOf(indices), total)) {
        util.assert(index >= 0 && index <= last, () => `GatherV2: the index value ${index} is not in [0, ${last}]`)
      }
      const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
        backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, axis, attrs.batchDims)
      const out = memory.output(outputShape, x.dtype)
      if (util.sizeFromShape(outputShape) === 0) return out
      tensorKernelsOf(backend).gatherRows({
        x: memory.addressOf(x),
        ids: memory.addressOf(indices),
        batch: batchSize,
        outer: outerSize,
        rows: dimSize,
        count: total / batchSize,
        width: sliceSize,
        out: memory.addressOf(out),
      })
      return out
    },
}

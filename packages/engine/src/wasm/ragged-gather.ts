import { util } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { raggedSlices } from './ragged-slices.ts'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface Inputs {
  readonly paramsNestedSplits: readonly TensorInfo[]
  readonly paramsDenseValues: TensorInfo
  readonly indices: TensorInfo
}

/** `RaggedGather`, which the stock backend lacks: rows of a ragged tensor, as the splits of the result and its values. */
export const raggedGather: WasmKernel = {
  name: 'RaggedGather',
  make:
    () =>
    ({ inputs, backend }: KernelCall<Inputs>): readonly TensorInfo[] => {
      const { paramsNestedSplits: nested, paramsDenseValues: values, indices } = inputs
      if (nested.length === 0) throw new Error('paramsNestedSplits must be non empty')
      if (nested[0]!.shape.length === 0) throw new Error('Split tensors must not be scalars')
      if (values.shape.length === 0) throw new Error('params.rank must be nonzero')
      if (values.dtype === 'string') throw new TypeError('RaggedGather: required numbers, found strings')
      const memory = tensorMemory(backend)
      const numbers = (tensor: TensorInfo): Int32Array =>
        new Int32Array(memory.memory.buffer, memory.addressOf(tensor), util.sizeFromShape(tensor.shape))
      const [rows, ...rowShape] = values.shape
      const { splits, slices, count } = raggedSlices(nested.map(numbers), rows!, numbers(indices), indices.shape)
      const outputs = splits.map((list) => {
        const output = memory.output([list.length], 'int32')
        numbers(output).set(list)
        return output
      })
      const taken = memory.output([count, ...rowShape], values.dtype)
      const width = util.bytesPerElement(values.dtype) * util.sizeFromShape(rowShape)
      // Making a tensor may have moved the memory: it is looked at now.
      const bytes = new Uint8Array(memory.memory.buffer)
      const from = memory.addressOf(values)
      let to = memory.addressOf(taken)
      for (const [first, end] of slices) {
        bytes.copyWithin(to, from + first * width, from + end * width)
        to += (end - first) * width
      }
      return [...outputs, taken]
    },
}

import { util } from '@tensorflow/tfjs-core'
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'
import type { KernelCall, WasmKernel } from './wasm-kernel.ts'

interface Attributes {
  readonly depth: number
  readonly onValue: number
  readonly offValue: number
  readonly dtype: DataType
}

/** `OneHot` of any type of number; the stock kernel gives zeros for float32. */
export const oneHot: WasmKernel = {
  name: 'OneHot',
  make:
    () =>
    ({ inputs: { indices }, backend, attrs }: KernelCall<{ indices: TensorInfo }, Attributes>) => {
      const { depth, onValue, offValue, dtype } = attrs
      const memory = tensorMemory(backend)
      const out = memory.output([...indices.shape, depth], dtype)
      const count = util.sizeFromShape(indices.shape)
      const { buffer } = memory.memory
      const at = memory.addressOf(out)
      const Numbers = dtype === 'float32' ? Float32Array : dtype === 'int32' ? Int32Array : Uint8Array
      const values = new Numbers(buffer, at, count * depth).fill(offValue)
      const hot = new Int32Array(buffer, memory.addressOf(indices), count)
      for (let i = 0; i < count; i++) {
        const index = hot[i]!
        if (index >= 0 && index < depth) values[i * depth + index] = onValue
      }
      return out
    },
}

import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core'
import { util } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'

/** A tensor of zeros. Whoever asked for it frees it. */
export function zeros(backend: KernelBackend, shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
  const memory = tensorMemory(backend)
  const tensor = memory.output(shape, dtype)
  const bytes = util.sizeFromShape([...shape]) * util.bytesPerElement(dtype)
  new Uint8Array(memory.memory.buffer, memory.addressOf(tensor), bytes).fill(0)
  return tensor
}

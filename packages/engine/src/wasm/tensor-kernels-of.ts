import { tensorKernels } from '@coherent-gradients/kernels'
import type { TensorKernels } from '@coherent-gradients/kernels'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'

const known = new WeakMap<WebAssembly.Memory, TensorKernels>()

/** Our own kernels over the memory in which a wasm backend keeps its tensors. */
export function tensorKernelsOf(backend: KernelBackend): TensorKernels {
  const { memory } = tensorMemory(backend)
  let kernels = known.get(memory)
  if (kernels === undefined) known.set(memory, (kernels = tensorKernels(memory)))
  return kernels
}

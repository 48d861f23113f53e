import { trainingKernels } from '@coherent-gradients/kernels'
import type { TrainingKernels } from '@coherent-gradients/kernels'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'

const known = new WeakMap<WebAssembly.Memory, TrainingKernels>()

/** Our kernels for training over the memory in which a wasm backend keeps its tensors. */
export function trainingKernelsOf(backend: KernelBackend): TrainingKernels {
  const { memory } = tensorMemory(backend)
  let kernels = known.get(memory)
  if (kernels === undefined) known.set(memory, (kernels = trainingKernels(memory)))
  return kernels
}

import { matrixProduct, type KernelThreads, type MatrixProduct, type Product } from '@coherent-gradients/kernels'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { kernelThreadsOf } from './kernel-threads-of.ts'
import { tensorMemory } from './tensor-memory.ts'

const kernels = new WeakMap<KernelThreads, MatrixProduct>()

/** Multiplies matrices that lie in the memory of an open tfjs wasm backend, in order; see `matrixProduct` of kernels. */
export function multiply(backend: KernelBackend, products: readonly Product[]): void {
  const memory = tensorMemory(backend)
  const threads = kernelThreadsOf(backend)
  let kernel = kernels.get(threads)
  if (kernel === undefined) kernels.set(threads, (kernel = matrixProduct(memory.memory, { threads })))
  const scratch = memory.scratch(kernel.bytesOfScratch)
  for (const product of products) kernel.multiply(product, scratch)
}

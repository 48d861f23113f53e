import { matrixProduct, type MatrixProduct, type Product } from '@coherent-gradients/kernels'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'

const kernels = new WeakMap<object, MatrixProduct>()

/** Multiplies matrices that lie in the memory of an open tfjs wasm backend, in order; see `matrixProduct` of kernels. */
export function multiply(backend: KernelBackend, products: readonly Product[]): void {
  const memory = tensorMemory(backend)
  let kernel = kernels.get(memory)
  if (kernel === undefined) {
    kernel = matrixProduct(memory.memory)
    kernels.set(memory, kernel)
  }
  const scratch = memory.scratch(kernel.bytesOfScratch)
  for (const product of products) kernel.multiply(product, scratch)
}

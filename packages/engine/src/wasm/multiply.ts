import { matrixProduct, type MatrixProduct, type Product } from '@coherent-gradients/kernels'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'

const products = new WeakMap<object, MatrixProduct>()

/** Multiplies matrices that lie in the memory of an open tfjs wasm backend; see `matrixProduct` of kernels. */
export function multiply(backend: KernelBackend, product: Product): void {
  const memory = tensorMemory(backend)
  let kernel = products.get(memory)
  if (kernel === undefined) {
    kernel = matrixProduct(memory.memory)
    products.set(memory, kernel)
  }
  kernel.multiply(product, memory.scratch(kernel.bytesOfScratch))
}

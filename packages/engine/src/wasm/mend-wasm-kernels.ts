import { backend, getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { tensorMemory } from './tensor-memory.ts'
import { wasmKernels } from './wasm-kernels.ts'
import { asKernelFunc } from './wasm-kernel.ts'
import type { KernelCall } from './wasm-kernel.ts'

let mended = false

/** Registers every kernel of {@link wasmKernels} with tfjs's wasm backend, which is open and current. Idempotent. */
export function mendWasmKernels(): void {
  // So that the stock kernels, too, say when there is no room.
  tensorMemory(backend())
  if (mended) return
  mended = true
  for (const { name, make } of wasmKernels) {
    const stock = getKernel(name, 'wasm')
    const callStock = (call: KernelCall): TensorInfo => {
      if (stock == null) throw new Error(`engine wasm: tfjs has no kernel ${name} to fall back on`)
      return stock.kernelFunc(call as never) as TensorInfo
    }
    const kernelFunc = asKernelFunc(make(callStock))
    if (stock != null) unregisterKernel(name, 'wasm')
    registerKernel({ ...stock, kernelName: name, backendName: 'wasm', kernelFunc })
  }
}

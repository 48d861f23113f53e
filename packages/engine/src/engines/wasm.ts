import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { mendAveragePoolGradient } from '../mend-average-pool-gradient.ts'
import { mendWasmKernels } from '../wasm/mend-wasm-kernels.ts'

/** tfjs's WebAssembly backend with kernels of our own where it lacks one or is slow: SIMD on one thread, the same bytes on every machine. */
export const wasm: EngineDefinition = {
  name: 'wasm',
  automatic: true,
  async open() {
    await import('@tensorflow/tfjs-backend-wasm')
    // Threads, which browsers may offer: their memory is shared, and kernels of our own can't be linked to it.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    await makeCurrent('wasm')
    mendWasmKernels()
    registerKernels('wasm')
    mendAveragePoolGradient('wasm')
    return {
      name: 'wasm',
      backend: 'wasm',
      description: `wasm (tfjs ${tf.version_core}, one thread)`,
      reproducible: true,
    }
  },
}

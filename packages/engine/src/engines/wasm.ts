import { howToFindWasm } from '#platform'
import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { mendAveragePoolGradient } from '../mend-average-pool-gradient.ts'
import { mendReluGradient } from '../wasm/mend-relu-gradient.ts'
import { mendWasmKernels } from '../wasm/mend-wasm-kernels.ts'

/** What tfjs asks for by name; without threads and with SIMD, which every current browser has, it fetches the second. */
const wasmFiles = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm']

/**
 * tfjs's WebAssembly backend with kernels of our own where it lacks one or is slow: SIMD on one thread, the same bytes on
 * every machine.
 */
export const wasm: EngineDefinition = {
  name: 'wasm',
  automatic: true,
  async open({ wasmUrl }) {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    if (wasmUrl !== undefined && tf.engine().registry['wasm'] === undefined) {
      setWasmPaths(Object.fromEntries(wasmFiles.map((file) => [file, wasmUrl])))
    }
    // Threads, which browsers may offer: their memory is shared, and kernels of our own can't be linked to it.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    await makeCurrent('wasm', wasmUrl === undefined ? howToFindWasm : '')
    mendWasmKernels()
    mendReluGradient()
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

import { howToFindWasm } from '#platform'
import { kernelThreadCount, registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { mendAveragePoolGradient } from '../mend-average-pool-gradient.ts'
import { kernelThreadsOf } from '../wasm/kernel-threads-of.ts'
import { mendReluGradient } from '../wasm/mend-relu-gradient.ts'
import { mendWasmKernels } from '../wasm/mend-wasm-kernels.ts'
import { registerSharedBackend } from '../wasm/register-shared-backend.ts'
import { tensorPlacesOf } from '../wasm/tensor-places-of.ts'

/** What tfjs asks for by name; without threads and with SIMD, which every current browser has, it fetches the second. */
const wasmFiles = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm']

/**
 * tfjs's WebAssembly backend with kernels of our own where it lacks one or is slow: SIMD, large products on several threads,
 * the same bytes on every machine and for any number of threads.
 */
export const wasm: EngineDefinition = {
  name: 'wasm',
  automatic: true,
  async open({ wasmUrl }) {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    if (tf.engine().registry['wasm'] === undefined) {
      const shared = kernelThreadCount() > 1 && (await registerSharedBackend(wasmUrl))
      if (!shared && wasmUrl !== undefined) setWasmPaths(Object.fromEntries(wasmFiles.map((file) => [file, wasmUrl])))
    }
    // tfjs's own threads don't start in Node, and its build for them is another one, with other bytes.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    await makeCurrent('wasm', wasmUrl === undefined ? howToFindWasm : '')
    mendWasmKernels()
    mendReluGradient()
    registerKernels('wasm', { placesOf: (backend) => tensorPlacesOf(backend as tf.KernelBackend) })
    mendAveragePoolGradient('wasm')
    return {
      name: 'wasm',
      backend: 'wasm',
      description: `wasm (tfjs ${tf.version_core}, ${kernelThreadsOf(tf.backend()).description})`,
      reproducible: true,
    }
  },
}

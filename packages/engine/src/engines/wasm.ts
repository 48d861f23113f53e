import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { mendMatrixProduct } from '../mend-matrix-product.ts'

/** tfjs's WebAssembly backend with the matrix product mended: SIMD on one thread, the same bytes on every machine. */
export const wasm: EngineDefinition = {
  name: 'wasm',
  automatic: true,
  async open() {
    await import('@tensorflow/tfjs-backend-wasm')
    await makeCurrent('wasm')
    mendMatrixProduct('wasm')
    registerKernels('wasm')
    return {
      name: 'wasm',
      backend: 'wasm',
      description: `wasm (tfjs ${tf.version_core}, one thread)`,
      reproducible: true,
    }
  },
}

import { howToGetAnAdapter, openGpu } from '#platform'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { mendAveragePoolGradient } from '../mend-average-pool-gradient.ts'
import { mendCumulative } from '../webgpu/mend-cumulative.ts'
import { mendProductOfElements } from '../webgpu/mend-product-of-elements.ts'
import { startBackend } from '../webgpu/start-backend.ts'

/** `MatMulProgramType.MatMulPackedProgram` in tfjs. */
const packedProducts = 3

/**
 * tfjs's WebGPU backend: on `navigator.gpu` in a browser, on npm's `webgpu` in Node.
 *
 * The automatic choice takes it on a GPU only. An adapter in software (SwiftShader, llvmpipe) is slower than `wasm` and
 * opens when the engine is asked for by name.
 */
export const webgpu: EngineDefinition = {
  name: 'webgpu',
  automatic: true,
  async open({ named }) {
    const adapter = await (await openGpu(named)).requestAdapter({ powerPreference: 'high-performance' })
    if (adapter === null) throw new Error(`WebGPU finds no adapter: ${howToGetAnAdapter}`)
    const { info } = adapter
    const family = [info.vendor, info.architecture].filter((word) => word !== '').join(' ')
    if (info.isFallbackAdapter && !named) {
      throw new Error(`its only adapter, ${family}, is software: ask for webgpu by name to use it all the same`)
    }
    if (tf.engine().registry['webgpu'] === undefined) {
      await startBackend(adapter)
      mendCumulative()
      mendProductOfElements()
    }
    await makeCurrent('webgpu')
    mendAveragePoolGradient('webgpu')
    // tfjs's other ways to multiply small matrices wait at barriers, and in software they take 40 times as long.
    if (info.isFallbackAdapter) tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', packedProducts)
    const name = info.isFallbackAdapter ? `${family} in software` : info.device || family || 'a GPU without a name'
    return {
      name: 'webgpu',
      backend: 'webgpu',
      description: `webgpu (tfjs ${tf.version_core}, ${name})`,
      reproducible: false,
      ...(info.isFallbackAdapter ? { inSoftware: true } : {}),
    }
  },
}

import { registerKernels } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineDefinition } from './engine-definition.ts'
import { makeCurrent } from '../make-current.ts'
import { mendResizeGradient } from '../cpu/mend-resize-gradient.ts'
import { mendAveragePoolGradient } from '../mend-average-pool-gradient.ts'

/** tfjs's plain JavaScript backend: slow, always there, the same bytes everywhere. */
export const cpu: EngineDefinition = {
  name: 'cpu',
  automatic: true,
  async open() {
    await import('@tensorflow/tfjs-backend-cpu')
    await makeCurrent('cpu')
    // Else its first tensor prints a banner that recommends another backend.
    ;(tf.backend() as unknown as { firstUse: boolean }).firstUse = false
    registerKernels('cpu')
    mendAveragePoolGradient('cpu')
    mendResizeGradient()
    return {
      name: 'cpu',
      backend: 'cpu',
      description: `cpu (tfjs ${tf.version_core}, plain JavaScript)`,
      reproducible: true,
    }
  },
}

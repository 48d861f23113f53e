import * as tfl from '@tensorflow/tfjs-layers'
import { Diagonal } from '../diagonal.ts'
import type { DeepLinearSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { requireWidth } from '../require-width.ts'

/** y = (w ⊙ u)·x. @see Example 7. */
export const deepLinear: Network<DeepLinearSpec> = {
  initialisation: 0.01,
  build({ inputs }) {
    const inputShape = [requireWidth('inputs', inputs)]
    const sum = tfl.layers.dense({ name: 'dense_1', units: 1, useBias: false, kernelInitializer: 'zeros' })
    return tfl.sequential({ layers: [new Diagonal({ name: 'diagonal_1', inputShape }), sum] })
  },
}

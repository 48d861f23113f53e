import * as tfl from '@tensorflow/tfjs-layers'
import type { LinearSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { requireWidth } from '../require-width.ts'

/** y = W·x. @see Example 1. */
export const linear: Network<LinearSpec> = {
  initialisation: 0,
  build({ inputs, outputs }) {
    const inputShape = [requireWidth('inputs', inputs)]
    const units = requireWidth('outputs', outputs)
    const options = { name: 'dense_1', units, useBias: false, kernelInitializer: 'zeros', inputShape } as const
    return tfl.sequential({ layers: [tfl.layers.dense(options)] })
  },
}

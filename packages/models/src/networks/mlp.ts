import * as tfl from '@tensorflow/tfjs-layers'
import type { MlpSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { requireWidth } from '../require-width.ts'

/** ReLU layers, each with dropout after it where the spec says so, and a linear one. @see §7 and Figure 4: 784-256-256-256-10. */
export const mlp: Network<MlpSpec> = {
  initialisation: 'scaled-normal',
  build({ inputs, hidden, dropout, outputs }) {
    if (dropout !== undefined && !(dropout >= 0 && dropout < 1)) {
      throw new RangeError(`buildModel: required a share dropout from 0 to below 1, found ${dropout}`)
    }
    const inputShape = [requireWidth('inputs', inputs)]
    const widths = [...hidden.map((units, i) => requireWidth(`hidden[${i}]`, units)), requireWidth('outputs', outputs)]
    return tfl.sequential({
      layers: widths.flatMap((units, i) => [
        tfl.layers.dense({
          name: `dense_${i + 1}`,
          units,
          kernelInitializer: 'zeros',
          ...(i < widths.length - 1 ? { activation: 'relu' } : {}),
          ...(i === 0 ? { inputShape } : {}),
        }),
        ...(dropout !== undefined && i < widths.length - 1
          ? [tfl.layers.dropout({ name: `dropout_${i + 1}`, rate: dropout })]
          : []),
      ]),
    })
  },
}

import type { ConvolutionalSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { drawing } from './drawing.ts'

/** 3×3 convolutions with ReLU in stages that each end in a 2×2 max-pooling, then dense layers. */
export const convolutional: Network<ConvolutionalSpec> = {
  initialisation: 'he-normal',
  build({ inputShape, stages, dense, outputs }) {
    const draw = drawing(inputShape)
    let x = draw.input
    for (const stage of stages) {
      for (const filters of stage) x = draw.convolution(x, { filters, size: 3 })
      x = draw.maxPooling(x, 2)
    }
    x = draw.flatten(x)
    for (const units of dense) x = draw.dense(x, units, 'relu')
    return draw.model(draw.dense(x, outputs, 'linear'))
  },
}

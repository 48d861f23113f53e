import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import type { AlexNetSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { drawing, scaledBy } from './drawing.ts'

/** Five convolutions, three max-poolings and two dense layers. @see Figures 2 and 3. */
export const alexnet: Network<AlexNetSpec> = {
  initialisation: 'he-normal',
  build({ inputShape, width, outputs }) {
    const of = scaledBy(width)
    const draw = drawing(inputShape)
    const small = Math.min(inputShape[0], inputShape[1]) < 64
    const pool = (x: SymbolicTensor): SymbolicTensor =>
      small ? draw.maxPooling(x, 2) : draw.maxPooling(x, 3, { strides: 2, padding: 'valid' })
    const first = small ? { size: 5 } : ({ size: 11, strides: 4, padding: 'valid' } as const)
    let x = pool(draw.convolution(draw.input, { filters: of(64), ...first }))
    x = pool(draw.convolution(x, { filters: of(192), size: 5 }))
    for (const filters of [384, 384, 256]) x = draw.convolution(x, { filters: of(filters), size: 3 })
    x = draw.flatten(pool(x))
    for (const units of [4096, 4096]) x = draw.dense(x, of(units), 'relu')
    return draw.model(draw.dense(x, outputs, 'linear'))
  },
}

import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import type { InceptionSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { drawing, scaledBy } from './drawing.ts'

/** Channels of the 1×1 and the 3×3 side of each module, stage by stage; between stages the image is halved. */
const stages = [
  [
    [32, 32],
    [32, 48],
  ],
  [
    [112, 48],
    [96, 64],
    [80, 80],
    [48, 96],
  ],
  [
    [176, 160],
    [176, 160],
  ],
] as const
/** 3×3 channels of what halves the image, beside a max-pooling. */
const halvings = [80, 96]

/** A convolution, three stages of modules, the mean over the image, and logits. @see Zhang et al. (2017), Figure 3. */
export const inception: Network<InceptionSpec> = {
  initialisation: 'he-normal',
  build({ inputShape, width, batchNormalization: normalised = true, outputs }) {
    const of = scaledBy(width)
    const draw = drawing(inputShape)
    const convolution = (x: SymbolicTensor, filters: number, size: number, strides = 1): SymbolicTensor =>
      draw.convolution(x, { filters: of(filters), size, strides, normalised })
    let x = convolution(draw.input, 96, 3)
    for (const [s, modules] of stages.entries()) {
      for (const [narrow, wide] of modules) {
        x = draw.concatenate([convolution(x, narrow, 1), convolution(x, wide, 3)])
      }
      const halving = halvings[s]
      if (halving !== undefined)
        x = draw.concatenate([convolution(x, halving, 3, 2), draw.maxPooling(x, 3, { strides: 2 })])
    }
    return draw.model(draw.dense(draw.globalAverage(x), outputs, 'linear'))
  },
}

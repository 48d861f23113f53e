import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import type { ResNetSpec } from '../model-spec.ts'
import type { Network } from '../network.ts'
import { drawing, scaledBy, type Drawing } from './drawing.ts'

const blocksOf = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3] } as const

/** A stem, four stages of residual blocks with 64 … 512 channels, the mean over the image, and logits. @see Figure 1. */
export const resnet: Network<ResNetSpec> = {
  initialisation: 'he-normal',
  startsAtZero: (layer) => layer.startsWith('residual_'),
  build({ inputShape, depth, width, batchNormalization: normalised = true, outputs }) {
    const stages = blocksOf[depth]
    if (stages === undefined) throw new RangeError(`buildModel: required depth 18, 34 or 50, found ${String(depth)}`)
    const of = scaledBy(width)
    const small = Math.min(inputShape[0], inputShape[1]) < 64
    const block = depth === 50 ? bottleneck : basic
    const draw = drawing(inputShape)
    let x = draw.convolution(draw.input, { filters: of(64), size: small ? 3 : 7, strides: small ? 1 : 2, normalised })
    if (!small) x = draw.maxPooling(x, 3, { strides: 2 })
    for (const [s, blocks] of stages.entries()) {
      for (let b = 0; b < blocks; b++) {
        x = block(draw, x, { channels: of(64 * 2 ** s), strides: b === 0 && s > 0 ? 2 : 1, normalised })
      }
    }
    return draw.model(draw.dense(draw.globalAverage(x), outputs, 'linear'))
  },
}

interface BlockOptions {
  readonly channels: number
  readonly strides: number
  readonly normalised: boolean
}

function basic(draw: Drawing, x: SymbolicTensor, { channels, strides, normalised }: BlockOptions): SymbolicTensor {
  const first = draw.convolution(x, { filters: channels, size: 3, strides, normalised })
  const second = last(draw, first, channels, 3, normalised)
  return draw.relu(draw.add(second, shortcut(draw, x, channels, strides, normalised)))
}

function bottleneck(draw: Drawing, x: SymbolicTensor, { channels, strides, normalised }: BlockOptions): SymbolicTensor {
  const narrow = draw.convolution(x, { filters: channels, size: 1, normalised })
  const middle = draw.convolution(narrow, { filters: channels, size: 3, strides, normalised })
  const wide = last(draw, middle, 4 * channels, 1, normalised)
  return draw.relu(draw.add(wide, shortcut(draw, x, 4 * channels, strides, normalised)))
}

/** A block's last convolution. Where nothing normalises it starts at 0, else each block would double the variance. */
function last(draw: Drawing, x: SymbolicTensor, filters: number, size: number, normalised: boolean): SymbolicTensor {
  return draw.convolution(x, { filters, size, normalised, relu: false, ...(normalised ? {} : { type: 'residual' }) })
}

/** The image itself where it fits, else its projection. */
function shortcut(
  draw: Drawing,
  x: SymbolicTensor,
  filters: number,
  strides: number,
  normalised: boolean,
): SymbolicTensor {
  if (strides === 1 && x.shape.at(-1) === filters) return x
  return draw.convolution(x, { filters, size: 1, strides, normalised, relu: false })
}

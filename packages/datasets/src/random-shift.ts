import { derive, randomStream, type Key, type Split } from '@coherent-gradients/core'
import { tellingLabelsOf } from './read-labels.ts'

/** What becomes of an image before a step sees it, as plain data. */
export interface RandomShift {
  readonly kind: 'random-shift'
  /** The most pixels by which an image moves, along each side; all of −pixels … pixels are equally likely. */
  readonly pixels: number
  /** Whether half of the images are mirrored left to right; false unless said, for a mirrored digit is none. */
  readonly flip?: boolean
}

/** Where the randomness of an epoch comes from. */
export interface ShiftDraw {
  readonly key: Key
  readonly epoch: number
}

/**
 * The same examples with each image moved at random, black (0) where nothing is left, and mirrored if asked for: data augmentation
 * for small images, as a crop of the padded image is for CIFAR-10.
 *
 * A function of key, epoch and example: the same in any order or batch, another in each epoch. Labels and marks stay.
 *
 * @throws RangeError when inputs aren't [height, width, channels], or `pixels` isn't a whole number from 0 to less than a side.
 * @see He et al., "Deep residual learning for image recognition", 2016, §4.2, and Zhang et al., 2017, Appendix A.
 *
 * @example
 * randomShift(train, { kind: 'random-shift', pixels: 2 }, { key: keyOf(0), epoch: 3 })
 */
export function randomShift(split: Split, { pixels, flip = false }: Omit<RandomShift, 'kind'>, draw: ShiftDraw): Split {
  const [height, width, channels] = imageShape(split)
  if (!Number.isInteger(pixels) || pixels < 0 || pixels >= Math.min(height, width)) {
    const most = Math.min(height, width) - 1
    throw new RangeError(`randomShift: required a whole number of pixels from 0 to ${most}, found ${pixels}`)
  }
  const own = derive(derive(draw.key, 'random-shift'), draw.epoch)
  const size = height * width * channels

  function moved(id: number, from: Float32Array, to: Float32Array): void {
    const stream = randomStream(derive(own, id))
    const down = stream.integer(2 * pixels + 1) - pixels
    const right = stream.integer(2 * pixels + 1) - pixels
    const mirrored = flip && stream.integer(2) === 1
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
        const at = (mirrored ? width - 1 - (x - right) : x - right) + (y - down) * width
        for (let c = 0; c < channels; c++) to[(y * width + x) * channels + c] = from[at * channels + c]!
      }
    }
  }

  const shifted: Split = {
    name: `${split.name} shifted~${pixels}${flip ? ' flipped' : ''}`,
    ids: split.ids,
    inputShape: split.inputShape,
    classes: split.classes,
    async read(ids) {
      const batch = await split.read(ids)
      const inputs = new Float32Array(batch.inputs.length)
      batch.ids.forEach((id, i) => {
        const [from, to] = [i * size, (i + 1) * size]
        moved(id, batch.inputs.subarray(from, to), inputs.subarray(from, to))
      })
      return { ...batch, inputs }
    },
  }
  return tellingLabelsOf(shifted, split, (labels) => labels)
}

function imageShape({ name, inputShape }: Split): readonly [number, number, number] {
  if (inputShape.length === 3) return inputShape as readonly number[] as readonly [number, number, number]
  throw new RangeError(
    `randomShift: required inputs [height, width, channels], found [${inputShape.join(', ')}] of ${name}`,
  )
}

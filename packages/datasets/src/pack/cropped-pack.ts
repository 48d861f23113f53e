import { either as E } from 'fp-ts'
import sharp from 'sharp'
import { fileFailureOf, Refusal } from '../binary/refusal.ts'
import { type CropPlan, cropPlan, middle, type Rectangle } from '../images/crop-plan.ts'
import { type ImageSplit, type ImageSplitOptions, type LeftOut, splitOfPictures } from '../images/image-split.ts'
import { packServes } from './pack-serves.ts'
import type { PackedSplit } from './packed-split.ts'

/**
 * Examples that are cut anew out of packed ones: for random crops from a file of bytes, 224 × 224 out of packed 256 × 256,
 * without a JPEG being decoded.
 *
 * What is packed is taken for the picture: shares of area are shares of it, and what packing cut off never comes back. One
 * thing is the same byte for byte as cutting the picture itself: a middle that lies within a packed middle of the same
 * `resize`. Closing the one closes the other.
 *
 * @throws RangeError when what is packed is not [height, width, 3], or the sizes are impossible.
 *
 * @example
 * croppedPack(pack, { preprocessing: randomCrop224, key: keyOf(1) }).atEpoch(3)
 */
export function croppedPack(pack: PackedSplit, options: ImageSplitOptions): ImageSplit {
  const [height = 0, width = 0, channels] = pack.inputShape
  if (channels !== 3) {
    throw new RangeError(`croppedPack: required [height, width, 3], found [${pack.inputShape.join(', ')}]`)
  }
  const leftOut: LeftOut[] = pack.leftOut.map(({ id, message }) => ({ id, failure: { _tag: 'ImageFailure', message } }))
  return splitOfPictures(
    {
      ...pack,
      async pixels(id, how, draw) {
        try {
          const { crop } = how
          const plan = packServes(pack.preprocessing, how)
            ? unscaled(middle(width, height, crop, crop))
            : cropPlan(width, height, how, draw)
          return E.right(await cut(await pack.readBytes([id]), width, height, plan))
        } catch (cause) {
          const failure = cause instanceof Refusal ? cause.failure : fileFailureOf(cause, pack.name)
          if (failure === undefined) throw cause
          return E.left(failure)
        }
      },
    },
    options,
    leftOut,
  )
}

function unscaled(before: Rectangle): CropPlan {
  const { width, height } = before
  return { before, scaled: { width, height }, after: { left: 0, top: 0, width, height }, mirrored: false }
}

async function cut(bytes: Uint8Array, width: number, height: number, plan: CropPlan): Promise<Uint8Array> {
  const { before, scaled, after, mirrored } = plan
  if (!mirrored && [before, scaled, after].every((each) => each.width === width && each.height === height)) return bytes
  let picture = sharp(bytes, { raw: { width, height, channels: 3 } })
  if (before.width < width || before.height < height) picture = picture.extract(before)
  if (scaled.width !== before.width || scaled.height !== before.height) {
    picture = picture.resize({ ...scaled, fit: 'fill', kernel: 'linear' })
  }
  if (after.width < scaled.width || after.height < scaled.height) picture = picture.extract(after)
  if (mirrored) picture = picture.flop()
  return picture.raw().toBuffer()
}

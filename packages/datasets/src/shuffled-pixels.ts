import { derive, type OutOfRange, permutation, type Split } from '@coherent-gradients/core'
import type { either as E } from 'fp-ts'
import type { NoiseOptions } from './noise-options.ts'
import { noisyImages } from './noisy-images.ts'
import { permutePixels, pixelsOf } from './permute-pixels.ts'

/**
 * Pixel noise: one random permutation of the pixels, the same for every chosen image. Labels stay.
 *
 * round(fraction · n) of n examples are chosen, all of them by default. In inputs of shape [height, width, channels] a
 * pixel's channels move together.
 *
 * @returns left when the fraction is outside [0, 1].
 * @see Zhang et al., "Understanding deep learning requires rethinking generalization", 2017: "shuffled pixels".
 *
 * @example
 * shuffledPixels(train, { key: keyOf(0) }) // right: mnist/train shuffled-pixels~100%
 */
export function shuffledPixels(
  split: Split,
  { key, fraction = 1 }: Pick<NoiseOptions, 'key'> & Partial<NoiseOptions>,
): E.Either<OutOfRange, Split> {
  const order = permutation(derive(key, 'shuffled-pixels/order'), pixelsOf(split.inputShape))
  const names = { suffix: 'shuffled-pixels', purpose: 'shuffled-pixels' }
  return noisyImages(split, names, { key, fraction }, () => (_, image) => permutePixels(image, order))
}

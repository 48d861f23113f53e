import { derive, type OutOfRange, permutation, type Split } from '@coherent-gradients/core'
import type { either as E } from 'fp-ts'
import type { NoiseOptions } from './noise-options.ts'
import { noisyImages } from './noisy-images.ts'
import { permutePixels, pixelsOf } from './permute-pixels.ts'

/**
 * Pixel noise: each chosen image has its pixels permuted in its own way, a function of key and id. Labels stay.
 *
 * round(fraction · n) of n examples are chosen, all of them by default. In inputs of shape [height, width, channels] a
 * pixel's channels move together.
 *
 * @returns left when the fraction is outside [0, 1].
 * @see Zhang et al., "Understanding deep learning requires rethinking generalization", 2017: "random pixels".
 *
 * @example
 * randomPixels(train, { key: keyOf(0), fraction: 0.5 }) // right: mnist/train random-pixels~50%
 */
export function randomPixels(
  split: Split,
  { key, fraction = 1 }: Pick<NoiseOptions, 'key'> & Partial<NoiseOptions>,
): E.Either<OutOfRange, Split> {
  const orders = derive(key, 'random-pixels/order')
  const pixels = pixelsOf(split.inputShape)
  const names = { suffix: 'random-pixels', purpose: 'random-pixels' }
  return noisyImages(split, names, { key, fraction }, () => (id, image) => {
    permutePixels(image, permutation(derive(orders, id), pixels))
  })
}

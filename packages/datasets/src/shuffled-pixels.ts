import { derive, numberInRange, type OutOfRange, permutation, type Split } from '@coherent-gradients/core'
import { either as E, function as fn } from 'fp-ts'
import { chosenExactly } from './chosen.ts'
import type { NoiseOptions } from './noise-options.ts'
import { noisyImages } from './noisy-images.ts'
import { percent } from './percent.ts'
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
  return fn.pipe(
    numberInRange('image noise fraction', fraction, 0, 1),
    E.map(() => {
      const chosen = chosenExactly(split.ids, derive(key, 'shuffled-pixels/choice'), fraction)
      const order = permutation(derive(key, 'shuffled-pixels/order'), pixelsOf(split.inputShape))
      const suffix = `shuffled-pixels~${percent(fraction)}`
      return noisyImages(split, suffix, chosen, () => (_, image) => permutePixels(image, order))
    }),
  )
}

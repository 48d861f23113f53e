import { derive, fillNormals, type OutOfRange, type Split } from '@coherent-gradients/core'
import type { either as E } from 'fp-ts'
import { boundedCache } from './bounded-cache.ts'
import type { NoiseOptions } from './noise-options.ts'
import { type ImageNoise, noisyImages } from './noisy-images.ts'
import { once } from './once.ts'
import { pixelMoments } from './pixel-moments.ts'

export interface GaussianOptions extends NoiseOptions {
  /** Of the noise; the split's own where absent (see {@link pixelMoments}). */
  readonly mean?: number
  readonly standardDeviation?: number
  /** How much memory may hold noise images that were drawn before. Changes no byte of what is read. */
  readonly cacheBytes?: number
}

/**
 * Pixel noise: the images of round(fraction · n) of n examples, chosen at random, are replaced by Gaussian noise. Labels
 * stay. Every pixel is drawn for itself, from one mean and variance, and is not clipped to [0, 1].
 *
 * A noise image is a function of key and id: the same each time that the example is read. Without `mean` or
 * `standardDeviation` the first read goes through the whole split once, to learn the data's own. With one key, a larger
 * fraction replaces what a smaller one does and more.
 *
 * @returns left when the fraction is outside [0, 1].
 * @see "On the Generalization Mystery in Deep Learning", §6 (Figure 1) and §7 (Figure 5); Zhang et al., 2017.
 *
 * @example
 * gaussianImages(train, { key: keyOf(0), fraction: 1 }) // right: mnist/train gaussian~100%
 */
export function gaussianImages(
  split: Split,
  { key, fraction, mean, standardDeviation, cacheBytes = 2 ** 28 }: GaussianOptions,
): E.Either<OutOfRange, Split> {
  const draw = derive(key, 'gaussian-images/pixels')
  const cache = boundedCache(cacheBytes)
  const names = { suffix: 'gaussian', purpose: 'gaussian-images' }
  return noisyImages(split, names, { key, fraction }, once(prepare))

  async function prepare(): Promise<ImageNoise> {
    const own = mean === undefined || standardDeviation === undefined ? await pixelMoments(split) : undefined
    const law = {
      mean: mean ?? (own?.mean as number),
      standardDeviation: standardDeviation ?? (own?.standardDeviation as number),
    }
    return (id, image) => {
      const drawn = cache.get(id)
      if (drawn !== undefined) {
        image.set(drawn)
        return
      }
      fillNormals(derive(draw, id), image, law)
      cache.offer(id, image)
    }
  }
}

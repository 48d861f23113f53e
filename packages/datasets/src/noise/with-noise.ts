import type { Key, OutOfRange, Split } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { gaussianImages } from '../gaussian-images.ts'
import { pairFlippedLabelNoise } from '../pair-flipped-label-noise.ts'
import { permutedLabelNoise } from '../permuted-label-noise.ts'
import { randomPixels } from '../random-pixels.ts'
import { shuffledPixels } from '../shuffled-pixels.ts'
import { uniformLabelNoise } from '../uniform-label-noise.ts'

/** Noise as plain data: what goes into a run's spec. Its randomness comes from a key of the run's. */
export type Noise =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'labels'
      readonly scheme: 'exact' | 'bernoulli' | 'permuted' | 'pair-flipped'
      readonly fraction: number
    }
  | {
      readonly kind: 'gaussian-images'
      readonly fraction: number
      /** The data's own where absent, for which the whole split is read once. */
      readonly mean?: number
      readonly standardDeviation?: number
    }
  | { readonly kind: 'shuffled-pixels' | 'random-pixels'; readonly fraction: number }

/**
 * Puts noise on a split, as plain data says. The same noise and key give the same examples in any order, batch size, format
 * or process.
 *
 * @returns left when a fraction is outside [0, 1].
 * @throws RangeError for noise that is not known.
 *
 * @example
 * withNoise(train, { kind: 'labels', scheme: 'exact', fraction: 0.5 }, keyOf(0))
 */
export function withNoise(split: Split, noise: Noise, key: Key): E.Either<OutOfRange, Split> {
  switch (noise.kind) {
    case 'none':
      return E.right(split)
    case 'labels':
      if (noise.scheme === 'permuted') return permutedLabelNoise(split, { key, fraction: noise.fraction })
      return noise.scheme === 'pair-flipped'
        ? pairFlippedLabelNoise(split, { key, fraction: noise.fraction })
        : uniformLabelNoise(split, { key, fraction: noise.fraction, scheme: noise.scheme })
    case 'gaussian-images': {
      const { fraction, mean, standardDeviation } = noise
      return gaussianImages(split, {
        key,
        fraction,
        ...(mean === undefined ? {} : { mean }),
        ...(standardDeviation === undefined ? {} : { standardDeviation }),
      })
    }
    case 'shuffled-pixels':
      return shuffledPixels(split, { key, fraction: noise.fraction })
    case 'random-pixels':
      return randomPixels(split, { key, fraction: noise.fraction })
    default:
      throw new RangeError(`withNoise: required a kind of noise, found ${JSON.stringify(noise)}`)
  }
}

import { DOMAIN } from './domain.ts'
import type { Key } from './key.ts'
import { normalQuantile } from './normal-quantile.ts'
import { threefry } from './threefry.ts'

/** Draws from one key, one after the other. The stream is the only thing here with a memory. */
export interface RandomStream {
  /** 32 random bits, as an integer in [0, 2³²). */
  word(): number
  /** Uniform in [0, 1): a multiple of 2⁻⁵³. Takes two words. */
  uniform(): number
  /** Uniform in {0, …, below − 1}, without bias, for an integer `below` in [1, 2³²]. Takes one word, seldom more. */
  integer(below: number): number
  /** Normal with mean 0 and standard deviation 1, within ±8.21. Takes two words. */
  normal(): number
}

/**
 * A key's random numbers, in order: the same key gives the same numbers on every JavaScript engine.
 *
 * Two streams of one key are the same stream twice; derive a key for each purpose.
 *
 * @throws RangeError from `integer` when `below` is not an integer in [1, 2³²].
 *
 * @example
 * const stream = randomStream(keyOf('demo'))
 * stream.integer(10) // a digit
 */
export function randomStream(key: Key): RandomStream {
  const block = new Uint32Array(4)
  let low = 0
  let high = 0
  let used = 4

  function word(): number {
    if (used === 4) {
      threefry(key, low, high, 0, DOMAIN.words, block, 0)
      low = (low + 1) >>> 0
      if (low === 0) high++
      used = 0
    }
    return block[used++] as number
  }

  function uniform(): number {
    const top = word()
    return (top * 2 ** 21 + (word() >>> 11)) * 2 ** -53
  }

  function integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) {
      throw new RangeError(`randomStream.integer: required an integer in [1, 2³²], found ${below}`)
    }
    // Words past the last whole multiple of `below` would favour the small numbers.
    const fair = 2 ** 32 - (2 ** 32 % below)
    let drawn = word()
    while (drawn >= fair) drawn = word()
    return drawn % below
  }

  function normal(): number {
    const top = word()
    // Midpoints of 2⁵² equal cells: never 0, never 1, symmetric about ½.
    return normalQuantile((top * 2 ** 20 + (word() >>> 12) + 0.5) * 2 ** -52)
  }

  return { word, uniform, integer, normal }
}

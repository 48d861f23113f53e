import { derive } from './derive.ts'
import type { Key } from './key.ts'

/** Any fixed value serves; these are the first bits of √2, √3, √5 and √7 after the point. */
const root: Key = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a]

/**
 * The key of a seed: where all randomness of a run begins. A number and a string that spells it give different keys.
 *
 * @throws RangeError when a number is NaN or infinite.
 *
 * @example
 * const shuffle = derive(keyOf(0), 'shuffle')
 */
export function keyOf(seed: number | string): Key {
  return derive(root, seed)
}

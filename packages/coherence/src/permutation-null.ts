import { derive, permutation, type Key } from '@coherent-gradients/core'
import { readGram, type Gram } from './gram.ts'
import { mCoherenceOfMembers } from './m-coherence-of-gram.ts'
import { requireDraws } from './require-draws.ts'

/**
 * What a population's m·α would be if its members had been designated at random: m·α of random sets of `size` examples
 * among all.
 *
 * The null of "these examples (the pristine ones, a class, the easy ones) are as coherent as any others": hold
 * {@link mCoherenceOfGram} of the population against it. With d draws of which r are at least the observed value,
 * the p-value is (1 + r)/(1 + d). It keeps every gradient as it is, so it allows for their lengths and for the coherence that all
 * share; {@link signNull} asks instead whether there is any. Draw t depends on `key` and t alone. Costs O(size²) a draw.
 * Derived; not in the paper.
 *
 * @returns [draws] values of m·α (m is `size`), in the order of drawing.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite, when `size` is not a whole
 *   number from 1 to the number of examples, or `draws` not one ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §8: the coherence of easy and hard examples.
 *
 * @example
 * const chance = permutationNull(gram, pristine.length, derive(keyOf(0), 'pristine'), 999)
 * const pValue = (1 + chance.filter((x) => x >= mCoherenceOfGram(gram, pristine)).length) / 1000
 */
export function permutationNull(gram: Gram, size: number, key: Key, draws: number): Float64Array {
  const read = readGram('permutationNull', gram)
  if (!Number.isInteger(size) || size < 1 || size > read.m) {
    throw new RangeError(`permutationNull: required a whole size from 1 to ${read.m}, found ${size}`)
  }
  requireDraws('permutationNull', draws)
  return Float64Array.from({ length: draws }, (_, draw) =>
    mCoherenceOfMembers(read, permutation(derive(key, draw), read.m).subarray(0, size)),
  )
}

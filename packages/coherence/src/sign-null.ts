import { derive, randomStream, type Key } from '@coherent-gradients/core'
import { readGram, type Gram } from './gram.ts'
import { requireDraws } from './require-draws.ts'

/**
 * What m·α would be of gradients as long, and as alike up to direction, whose signs are nobody's doing: each gradient
 * multiplied by a random sign.
 *
 *   m·α of a draw = Σᵢ Σⱼ sᵢ sⱼ gᵢ·gⱼ / Σᵢ ‖gᵢ‖²,  sᵢ = ±1 with probability ½ each
 *
 * Index legend: i, j of m examples. The mean over all signs is exactly 1, the orthogonal limit, whatever the gradients
 * are: dot products of different examples cancel. The spread is the null's: m·α far above all draws is coherence that
 * chance doesn't make. With d draws of which r are at least the observed value, the p-value is (1 + r)/(1 + d). Draw t depends on
 * `key` and t alone. Costs O(m²) a draw. Derived; not in the paper.
 *
 * @returns [draws] values of m·α, in the order of drawing; all 0 where every gradient is zero.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite, or `draws` is not a whole
 *   number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §4, Example 3: the orthogonal limit.
 *
 * @example
 * const chance = signNull(gram, derive(keyOf(0), 'null'), 999)
 * const pValue = (1 + chance.filter((x) => x >= mCoherenceOfGram(gram)).length) / 1000
 */
export function signNull(gram: Gram, key: Key, draws: number): Float64Array {
  const { m, data } = readGram('signNull', gram)
  requireDraws('signNull', draws)
  let own = 0
  for (let i = 0; i < m; i++) own += data[i * (m + 1)]!
  const signs = new Int8Array(m)
  return Float64Array.from({ length: draws }, (_, draw) => {
    const stream = randomStream(derive(key, draw))
    for (let i = 0; i < m; i++) signs[i] = stream.word() >>> 31 ? 1 : -1
    let pairs = 0
    for (let i = 1; i < m; i++) for (let j = 0; j < i; j++) pairs += signs[i]! * signs[j]! * data[i * m + j]!
    return own === 0 ? 0 : Math.min(m, Math.max(0, 1 + (2 * pairs) / own))
  })
}

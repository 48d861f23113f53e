import { readGram, type Gram, type ReadGram } from './gram.ts'

/**
 * m·α of a set of examples, from the dot products of their gradients.
 *
 *   m·α = Σᵢ Σⱼ gᵢ·gⱼ / Σᵢ ‖gᵢ‖²,  i and j over the members
 *
 * Index legend: i, j of m members. Of all examples it is {@link mCoherence}; of a population among them, what
 * {@link permutationNull} is held against. Costs O(m²).
 *
 * @param members the members' rows, each once; all, unless said.
 * @returns a number in [0, m]; 0 where every member's gradient is zero.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite, or when there is no member,
 *   a member that is no row, or one twice.
 * @see "On the Generalization Mystery in Deep Learning", §4, the metric α_m/α_m⊥.
 *
 * @example
 * mCoherenceOfGram(gramOfRows([[1, 0], [1, 0], [0, 1]]), [0, 1]) // 2
 */
export function mCoherenceOfGram(gram: Gram, members?: ArrayLike<number>): number {
  const read = readGram('mCoherenceOfGram', gram)
  return mCoherenceOfMembers(read, members === undefined ? allOf(read.m) : checked(read.m, members))
}

/** As {@link mCoherenceOfGram}, of members that are known to be rows. */
export function mCoherenceOfMembers({ m, data }: ReadGram, members: ArrayLike<number>): number {
  let [all, own] = [0, 0]
  for (let a = 0; a < members.length; a++) {
    own += data[members[a]! * (m + 1)]!
    for (let b = 0; b < members.length; b++) all += data[members[a]! * m + members[b]!]!
  }
  return own === 0 ? 0 : Math.min(members.length, Math.max(0, all / own))
}

function allOf(m: number): Uint32Array {
  return Uint32Array.from({ length: m }, (_, i) => i)
}

function checked(m: number, members: ArrayLike<number>): ArrayLike<number> {
  if (members.length < 1) throw new RangeError('mCoherenceOfGram: required at least one member, found none')
  const seen = new Set<number>()
  for (let a = 0; a < members.length; a++) {
    const row = members[a]!
    if (!Number.isInteger(row) || row < 0 || row >= m) {
      throw new RangeError(`mCoherenceOfGram: required members among rows 0 to ${m - 1}, found ${row}`)
    }
    if (seen.has(row)) throw new RangeError(`mCoherenceOfGram: required each member once, found ${row} twice`)
    seen.add(row)
  }
  return members
}

/** What a gather from a ragged tensor takes: the splits of its result, outermost first, and the runs of values in it. */
export interface RaggedSlices {
  readonly splits: readonly (readonly number[])[]
  /** From where to where among the values, in order. */
  readonly slices: readonly (readonly [number, number])[]
  /** How many values the slices have together. */
  readonly count: number
}

/**
 * The rows `indices` of a ragged tensor. Row i of level l holds the entries splits[l][i] … splits[l][i + 1] − 1 of level l + 1,
 * and those of the last level are values, of which there are `values`.
 *
 * The result is as ragged as the tensor, and has the axes of `indices` in front; a single index takes its outermost level away.
 *
 * @throws Error for an index that is out of range, and for splits that are empty, below zero, past the end or not in order.
 */
export function raggedSlices(
  nested: readonly ArrayLike<number>[],
  values: number,
  indices: ArrayLike<number>,
  indicesShape: readonly number[],
): RaggedSlices {
  const rows = (nested[0]?.length ?? 0) - 1
  for (const [at, index] of Array.from(indices).entries()) {
    if (index < 0 || index >= rows) throw new Error(`indices[${at}] = ${index} is not in [0, ${rows})`)
  }
  for (const [level, splits] of nested.entries()) checkSplits(splits, (nested[level + 1]?.length ?? values + 1) - 1)

  const around = Math.max(0, indicesShape.length - 1)
  const regular = Array.from({ length: around }, (_, axis) => {
    const parts = indicesShape.slice(0, axis + 1).reduce((product, size) => product * size, 1)
    return Array.from({ length: parts + 1 }, (__, part) => part * indicesShape[axis + 1]!)
  })
  const ragged = nested.map(() => [0])
  const slices: [number, number][] = []
  let count = 0
  for (const index of Array.from(indices)) {
    let [from, to] = [index, index + 1]
    for (const [level, splits] of nested.entries()) {
      const taken = ragged[level]!
      const moved = taken.at(-1)! - splits[from]!
      for (let row = from; row < to; row++) taken.push(splits[row + 1]! + moved)
      ;[from, to] = [splits[from]!, splits[to]!]
    }
    if (from < to) slices.push([from, to])
    count += to - from
  }
  return { splits: [...regular, ...(indicesShape.length === 0 ? ragged.slice(1) : ragged)], slices, count }
}

/** In the words of tfjs's other backends. */
function checkSplits(splits: ArrayLike<number>, last: number): void {
  if (splits.length === 0) throw new Error('Ragged splits may not be empty')
  if (splits[0]! < 0) throw new Error('Ragged splits must be non-negative')
  if (splits[splits.length - 1]! > last) throw new Error('Ragged splits must not point past values')
  for (let i = 1; i < splits.length; i++) {
    if (splits[i - 1]! > splits[i]!) throw new Error('Ragged splits must be sorted in ascending order')
  }
}

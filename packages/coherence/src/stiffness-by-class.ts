import { cosineOf } from './cosine-of.ts'
import { readGram, type Gram, type ReadGram } from './gram.ts'
import type { Stiffness } from './stiffness.ts'

/** {@link Stiffness} between every two classes. */
export interface ClassStiffness {
  /** The labels that occur, ascending. */
  readonly classes: readonly number[]
  /** [a][b], in the order of `classes`, over different examples; null where a class with one example meets itself. */
  readonly table: readonly (readonly (Stiffness | null)[])[]
  /** The mean of the diagonal, each class counting once; null where no class has two examples. */
  readonly within: Stiffness | null
  /** The mean off the diagonal, each pair of classes counting once; null where there is one class. */
  readonly between: Stiffness | null
}

/**
 * Stiffness within and between classes: whether examples of one class help those of another.
 *
 *   S[a][b] = mean over i ≠ j, yᵢ = a, yⱼ = b;  within = mean over a of S[a][a];  between = mean over a ≠ b of S[a][b]
 *
 * Index legend: i, j of m examples; yᵢ the class of example i, any whole number; a, b classes. Scale-free. Costs O(m²).
 *
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite, or when there isn't one
 *   label an example, each a whole number.
 * @see Fort et al., "Stiffness: A New Perspective on Generalization in Neural Networks", 2019, class-dependent stiffness.
 *
 * @example
 * stiffnessByClass(gramOfRows([[1, 0], [1, 0], [0, 1]]), [0, 0, 1]).within // { sign: 1, cosine: 1 }
 */
export function stiffnessByClass(gram: Gram, labels: ArrayLike<number>): ClassStiffness {
  const read = readGram('stiffnessByClass', gram)
  const members = membersByClass(read.m, labels)
  const classes = [...members.keys()].toSorted((a, b) => a - b)
  const table = classes.map((a) => classes.map((b) => betweenSets(read, members.get(a)!, members.get(b)!)))
  return {
    classes,
    table,
    within: meanOf(table.map((row, a) => row[a]!)),
    between: meanOf(table.flatMap((row, a) => row.filter((_, b) => a !== b))),
  }
}

function membersByClass(m: number, labels: ArrayLike<number>): Map<number, number[]> {
  if (labels.length !== m) throw new RangeError(`stiffnessByClass: required ${m} labels, found ${labels.length}`)
  const members = new Map<number, number[]>()
  for (let i = 0; i < m; i++) {
    const label = labels[i]!
    if (!Number.isInteger(label)) {
      throw new RangeError(`stiffnessByClass: required whole numbers as labels, found ${label} of example ${i}`)
    }
    const known = members.get(label)
    if (known === undefined) members.set(label, [i])
    else known.push(i)
  }
  return members
}

function betweenSets(gram: ReadGram, left: readonly number[], right: readonly number[]): Stiffness | null {
  let [sign, cosine, pairs] = [0, 0, 0]
  for (const i of left) {
    for (const j of right) {
      if (i === j) continue
      sign += Math.sign(gram.data[i * gram.m + j]!)
      cosine += cosineOf(gram, i, j)
      pairs++
    }
  }
  return pairs === 0 ? null : { sign: sign / pairs, cosine: cosine / pairs }
}

function meanOf(entries: readonly (Stiffness | null)[]): Stiffness | null {
  const known = entries.filter((entry) => entry !== null)
  if (known.length === 0) return null
  const mean = (of: (entry: Stiffness) => number): number =>
    known.reduce((sum, entry) => sum + of(entry), 0) / known.length
  return { sign: mean((entry) => entry.sign), cosine: mean((entry) => entry.cosine) }
}

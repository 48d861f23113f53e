import type { BlockStatistic, GradientStatistic } from './gradient-statistic.ts'
import { layerOf } from './layer-of.ts'
import { monoid } from './monoid.ts'

/** m gradients of one weight: a list of rows, or all rows in one array, [m × p] row-major. */
export type Rows = readonly ArrayLike<number>[] | { readonly m: number; readonly data: ArrayLike<number> }

/** m gradients of one named weight. */
export interface BlockRows {
  /** `dense_1/kernel`. */
  readonly name: string
  /** Default: what stands before the name's last slash. */
  readonly layer?: string
  readonly rows: Rows
}

/**
 * The statistic of m gradients that are given element by element, one list of rows per weight.
 *
 * Index legend: row i of m is example i's own gradient, never divided by m. Everything is summed in float64.
 * No rows give the empty statistic.
 *
 * @throws RangeError when weights disagree in m, share a name, or have rows of unequal length; and when an element is
 *   not finite, or so large (above 1e154) that its square is not: the row, the weight and the element are named.
 *
 * @example
 * statisticOfBlocks([
 *   { name: 'd/kernel', rows: [[1, 2], [3, 4]] },
 *   { name: 'd/bias', rows: { m: 2, data: new Float32Array([1, -1]) } },
 * ])
 */
export function statisticOfBlocks(blocks: readonly BlockRows[]): GradientStatistic {
  const m = blocks[0] === undefined ? 0 : countOf(blocks[0].rows)
  const names = new Set<string>()
  for (const { name, rows } of blocks) {
    if (countOf(rows) !== m) {
      throw new RangeError(`statisticOfBlocks: required ${m} rows of ${name}, found ${countOf(rows)}`)
    }
    if (names.has(name)) throw new RangeError(`statisticOfBlocks: required different names, found ${name} twice`)
    names.add(name)
  }
  return m === 0 ? monoid.empty : { m, blocks: blocks.map(blockStatistic) }
}

function blockStatistic({ name, layer = layerOf(name), rows }: BlockRows): BlockStatistic {
  const width = widthOf(name, rows)
  const sum = new Float64Array(width)
  let sumOfSquaredNorms = 0
  for (let i = 0; i < countOf(rows); i++) {
    const [values, offset] = 'data' in rows ? [rows.data, i * width] : [rows[i]!, 0]
    let squaredNorm = 0
    for (let j = 0; j < width; j++) {
      const g = values[offset + j]!
      sum[j]! += g
      squaredNorm += g * g
    }
    if (!Number.isFinite(squaredNorm)) {
      const row = Array.from({ length: width }, (_, j) => values[offset + j]!)
      const bad = row.findIndex((g) => !Number.isFinite(g * g))
      throw new RangeError(
        `statisticOfBlocks: required finite gradients, found ${row[bad] ?? squaredNorm} in row ${i} of ${name}, element ${bad}`,
      )
    }
    sumOfSquaredNorms += squaredNorm
  }
  return { name, layer, sumOfSquaredNorms, sum }
}

function countOf(rows: Rows): number {
  return 'data' in rows ? rows.m : rows.length
}

function widthOf(name: string, rows: Rows): number {
  if ('data' in rows) {
    const width = rows.data.length / rows.m
    if (Number.isInteger(width)) return width
    throw new RangeError(
      `statisticOfBlocks: required ${rows.m} equal rows of ${name}, found ${rows.data.length} elements`,
    )
  }
  const width = rows[0]!.length
  const odd = rows.findIndex((row) => row.length !== width)
  if (odd === -1) return width
  throw new RangeError(
    `statisticOfBlocks: required ${width} elements in every row of ${name}, found ${rows[odd]!.length} in row ${odd}`,
  )
}

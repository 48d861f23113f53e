import type { Rows } from './statistic-of-blocks.ts'

/**
 * The Gram matrix of m whole gradients that are given element by element, in float64.
 *
 * Index legend: row i of m is example i's own gradient, never divided by m. Costs m²·p/2 products, m² numbers.
 *
 * @returns gᵢ·gⱼ at `data[i * m + j]`, symmetric to the bit.
 * @throws RangeError when rows have unequal lengths, or a dot product is not finite (both rows are named).
 *
 * @example
 * gramOfRows([[1, 0], [1, 1]]).data // [1, 1, 1, 2]
 */
export function gramOfRows(rows: Rows): { readonly m: number; readonly data: Float64Array } {
  const list = listOf(rows)
  const m = list.length
  const data = new Float64Array(m * m)
  for (const [i, row] of list.entries()) {
    if (row.length !== list[0]!.length) {
      throw new RangeError(
        `gramOfRows: required ${list[0]!.length} elements in every row, found ${row.length} in row ${i}`,
      )
    }
    for (let j = 0; j <= i; j++) {
      const product = dot(row, list[j]!)
      if (!Number.isFinite(product)) {
        throw new RangeError(`gramOfRows: required finite dot products, found ${product} between rows ${j} and ${i}`)
      }
      data[i * m + j] = product
      data[j * m + i] = product
    }
  }
  return { m, data }
}

function listOf(rows: Rows): readonly ArrayLike<number>[] {
  if (!('data' in rows)) return rows
  const { m } = rows
  const data = Float64Array.from(rows.data)
  const width = m === 0 ? 0 : data.length / m
  if (!Number.isInteger(width)) {
    throw new RangeError(`gramOfRows: required ${m} equal rows, found ${data.length} elements`)
  }
  return Array.from({ length: m }, (_, i) => data.subarray(i * width, (i + 1) * width))
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

import { parameterMonoid } from './parameter-monoid.ts'
import type { ParameterStatistic } from './parameter-statistic.ts'
import type { Rows } from './statistic-of-blocks.ts'
import { statisticOfRows, type RowsOptions } from './statistic-of-rows.ts'

/**
 * The per-parameter statistic of m gradients of one weight that are given element by element.
 *
 * Index legend: row i of m is example i's own gradient, never divided by m. Summed in float64; no rows give the empty
 * statistic.
 *
 * @throws RangeError when rows have unequal lengths, or an element (row and element are named) is not finite.
 *
 * @example
 * parameterStatisticOfRows([[1, 0], [3, 1]]) // Σg [4, 1], Σg² [10, 1]
 */
export function parameterStatisticOfRows(rows: Rows, options: RowsOptions = {}): ParameterStatistic {
  const { m, blocks } = statisticOfRows(rows, options)
  const [block] = blocks
  if (block === undefined) return parameterMonoid.empty
  const { sum } = block
  const sumOfSquares = new Float64Array(sum.length)
  for (let i = 0; i < m; i++) {
    const [values, offset] = 'data' in rows ? [rows.data, i * sum.length] : [rows[i]!, 0]
    for (let j = 0; j < sum.length; j++) sumOfSquares[j]! += values[offset + j]! ** 2
  }
  const { name, layer } = block
  return { m, blocks: [{ name, layer, sum, sumOfSquares }] }
}

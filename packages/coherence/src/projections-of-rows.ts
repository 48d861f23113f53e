import { statisticOfRows } from './statistic-of-rows.ts'
import type { Rows } from './statistic-of-blocks.ts'

/**
 * Every example's squared gradient norm and its dot product with the sum of all, from whole gradients that are given
 * element by element, in float64: what {@link alphaInterval} and {@link alphaStandardError} take.
 *
 * Index legend: row i of m is example i's own gradient, never divided by m. Costs O(m·p).
 *
 * @throws RangeError as {@link statisticOfRows}; no rows give empty lists.
 *
 * @example
 * projectionsOfRows([[1, 0], [1, 1]]) // squaredNorms [1, 2], dots [2, 3]
 */
export function projectionsOfRows(rows: Rows): {
  readonly squaredNorms: Float64Array
  readonly dots: Float64Array
} {
  const { m, blocks } = statisticOfRows(rows)
  const sum = blocks[0]?.sum ?? new Float64Array()
  const squaredNorms = new Float64Array(m)
  const dots = new Float64Array(m)
  for (let i = 0; i < m; i++) {
    const [values, offset] = 'data' in rows ? [rows.data, i * sum.length] : [rows[i]!, 0]
    for (let j = 0; j < sum.length; j++) {
      const g = values[offset + j]!
      squaredNorms[i]! += g * g
      dots[i]! += g * sum[j]!
    }
  }
  return { squaredNorms, dots }
}

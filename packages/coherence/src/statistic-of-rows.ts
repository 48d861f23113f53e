import type { GradientStatistic } from './gradient-statistic.ts'
import { statisticOfBlocks, type Rows } from './statistic-of-blocks.ts'

/** What the one weight is called. */
export interface RowsOptions {
  /** Default `weights`. */
  readonly name?: string
  /** Default: what stands before the name's last slash. */
  readonly layer?: string
}

/**
 * The statistic of m whole gradients that are given element by element, as one weight.
 *
 * Index legend: row i of m is example i's own gradient, never divided by m. Summed in float64; no rows give the empty
 * statistic. For several weights see {@link statisticOfBlocks}.
 *
 * @throws RangeError when rows have unequal lengths, or an element (row and element are named) is not finite.
 *
 * @example
 * statisticOfRows([[1, 0], [0, 1]])
 * statisticOfRows({ m: 2, data: new Float32Array([1, 0, 0, 1]) })
 */
export function statisticOfRows(rows: Rows, options: RowsOptions = {}): GradientStatistic {
  return statisticOfBlocks([{ name: 'weights', ...options, rows }])
}

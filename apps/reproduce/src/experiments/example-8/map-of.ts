import type { QuantityRow } from '@coherent-gradients/runlog'

/** A grid of first weights with where descents from it end. */
export interface InitialisationMap {
  /** The middles of the cells along either axis. */
  readonly middles: readonly number[]
  /** [w2 × w1], row by row from the lowest w2; NaN where the descent diverges. */
  readonly testLoss: readonly number[]
  /** The same cells: whether the common feature weighs more in the output than any idiosyncratic one. */
  readonly commonWins: readonly boolean[]
}

/** Reads a grid from the table. */
export function mapOf(rows: readonly QuantityRow[], series: string): InitialisationMap {
  const own = rows.filter((row) => row.series === series)
  const middles = own.filter(({ quantity }) => quantity === 'first weight').map(({ value }) => value)
  const n = middles.length
  const testLoss = Array.from({ length: n * n }, () => Number.NaN)
  const commonWins = Array.from({ length: n * n }, () => false)
  for (const { quantity, item, value } of own) {
    if (!item.includes(',')) continue
    const [i, j] = item.split(',').map(Number)
    if (quantity === 'test loss') testLoss[j! * n + i!] = value
    if (quantity === 'common less own') commonWins[j! * n + i!] = value > 0
  }
  return { middles, testLoss, commonWins }
}

/** The share of the cells in which the common feature wins. */
export function shareWon({ commonWins }: InitialisationMap): number {
  return commonWins.filter(Boolean).length / commonWins.length
}

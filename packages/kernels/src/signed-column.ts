/**
 * The values of one column that lie on one side of zero, by size, in row order. Both arrays are one memory: the bits of
 * positive float32 numbers are in the same order as the numbers, and whole numbers compare without branches.
 */
export interface Side {
  readonly sizes: Float32Array
  readonly bits: Int32Array
  count: number
}

/** One column of m values. However the rows are held, the same values give the same column, to the bit. */
export interface SignedColumn {
  readonly rows: number
  readonly below: Side
  readonly above: Side
  /** m minus the counts of both sides. */
  zeros: number
}

export function signedColumn(rows: number): SignedColumn {
  return { rows, below: side(rows), above: side(rows), zeros: rows }
}

function side(rows: number): Side {
  const sizes = new Float32Array(rows)
  return { sizes, bits: new Int32Array(sizes.buffer), count: 0 }
}

/**
 * Fills a column with `count` values given as float32 bits, from `start`; the column's other rows are zero. Signs of
 * gradients cannot be predicted, so there is no branch: every value is written to both sides and kept by one.
 */
export function fill(column: SignedColumn, bits: Int32Array, start: number, count: number): void {
  const below = column.below.bits
  const above = column.above.bits
  let belowCount = 0
  let aboveCount = 0
  for (let j = start; j < start + count; j++) {
    const value = bits[j]!
    const size = value & 0x7fffffff
    const notZero = (size + 0x7fffffff) >>> 31
    const minus = value >>> 31
    below[belowCount] = size
    above[aboveCount] = size
    belowCount += notZero & minus
    aboveCount += notZero & (minus ^ 1)
  }
  column.below.count = belowCount
  column.above.count = aboveCount
  column.zeros = column.rows - belowCount - aboveCount
}

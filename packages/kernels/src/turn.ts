/** A [rows, width] matrix turned, so that a column's values lie side by side, and their signs as bits. */
export interface Turned {
  /** [width × rows] */
  readonly values: Float32Array
  /** [width × words] bit i % 32 of word ⌊i / 32⌋ is set where row i's value is above zero. */
  readonly positive: Int32Array
  /** [width × words] likewise, below zero. */
  readonly negative: Int32Array
  readonly words: number
}

export function turn(matrix: Float32Array, rows: number, width: number): Turned {
  const words = (rows + 31) >> 5
  const values = new Float32Array(width * rows)
  const positive = new Int32Array(width * words)
  const negative = new Int32Array(width * words)
  for (let i = 0; i < rows; i++) {
    const word = i >> 5
    const bit = 1 << (i & 31)
    for (let j = 0; j < width; j++) {
      const value = matrix[i * width + j]!
      const at = j * words + word
      values[j * rows + i] = value
      if (value > 0) positive[at] = positive[at]! | bit
      else if (value < 0) negative[at] = negative[at]! | bit
    }
  }
  return { values, positive, negative, words }
}

/** A product as its docstring defines it, with numbers in arrays of their own. */
export interface PlainProduct {
  readonly rows: number
  readonly columns: number
  readonly terms: number
  /** The number in row r, column i of the left matrix. */
  readonly left: (r: number, i: number) => number
  readonly right: (i: number, j: number) => number
  readonly start: (r: number, j: number) => number
  readonly clamp?: readonly [number, number]
}

/** The triple loop in float32: obviously correct, but slow. */
export function multiplyByDefinition({ rows, columns, terms, left, right, start, clamp }: PlainProduct): Float32Array {
  const { fround } = Math
  const result = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < columns; j++) {
      let sum = start(r, j)
      for (let i = 0; i < terms; i++) sum = fround(sum + fround(left(r, i) * right(i, j)))
      result[r * columns + j] =
        clamp === undefined || Number.isNaN(sum) ? sum : Math.min(Math.max(sum, clamp[0]), clamp[1])
    }
  }
  return result
}

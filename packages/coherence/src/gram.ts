/**
 * The dot products of m gradients with one another, gᵢ·gⱼ of every i and j: a list of rows, or all in one array,
 * [m × m] row-major. Of examples' own gradients, never divided by m.
 */
export type Gram = readonly ArrayLike<number>[] | { readonly m: number; readonly data: ArrayLike<number> }

/** A Gram matrix with one way to look into it. Index legend: i, j of m; gᵢ·gⱼ at i·m + j. */
export interface ReadGram {
  readonly m: number
  readonly data: ArrayLike<number>
}

/**
 * Checks a Gram matrix's shape and numbers.
 *
 * @throws RangeError when it has no rows, isn't square, has an element that is not finite (row and column are named), or
 *   a negative squared norm.
 */
export function readGram(caller: string, gram: Gram): ReadGram {
  const m = 'data' in gram ? gram.m : gram.length
  if (!(m >= 1)) throw new RangeError(`${caller}: required m ≥ 1, found ${m}`)
  const data = 'data' in gram ? gram.data : joined(caller, gram)
  if (data.length !== m * m) {
    throw new RangeError(`${caller}: required ${m} × ${m} dot products, found ${data.length}`)
  }
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!
    const [i, j] = [Math.floor(at / m), at % m]
    if (!Number.isFinite(value) || (i === j && value < 0)) {
      const required = i === j ? 'squared norms that are finite and not negative' : 'finite dot products'
      throw new RangeError(`${caller}: required ${required}, found ${value} in row ${i}, column ${j}`)
    }
  }
  return { m, data }
}

function joined(caller: string, rows: readonly ArrayLike<number>[]): Float64Array {
  const m = rows.length
  const data = new Float64Array(m * m)
  for (const [i, row] of rows.entries()) {
    if (row.length !== m) throw new RangeError(`${caller}: required ${m} columns, found ${row.length} in row ${i}`)
    data.set(row, i * m)
  }
  return data
}

/**
 * The lower triangle L of a symmetric positive definite matrix, A = L·Lᵀ, in float64. That of a leading part of A is the
 * leading part of L.
 *
 * @param matrix [n × n] row-major.
 * @throws RangeError when the matrix is not positive definite.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum)
      else throw new RangeError(`cholesky: required a positive definite matrix, found ${sum} at pivot ${i}`)
    }
  }
  return lower
}

/**
 * The solution x of A·x = b from A's triangle: of the leading `size` rows and columns alone.
 *
 * @param lower [n × n] of {@link cholesky}.
 */
export function solve(lower: Float64Array, n: number, size: number, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * x[k]!
    x[i] = sum / lower[i * n + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let k = i + 1; k < size; k++) sum -= lower[k * n + i]! * x[k]!
    x[i] = sum / lower[i * n + i]!
  }
  return x
}

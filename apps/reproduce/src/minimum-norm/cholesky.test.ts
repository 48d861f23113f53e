import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { cholesky, solve } from './cholesky.ts'
import { exponential } from './exponential.ts'

const vector = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })

const N = 5

test.prop([fc.array(vector(N), { minLength: N, maxLength: N }), vector(N), fc.integer({ min: 1, max: N })])(
  'solve gives what the matrix turns into b, for every leading part',
  (rows, b, size) => {
    const dot = (a: readonly number[], c: readonly number[]): number =>
      a.reduce((sum, value, k) => sum + value * c[k]!, 0)
    // B·Bᵀ + I is positive definite, with eigenvalues from 1 on.
    const matrix = Float64Array.from({ length: N * N }, (_, at) => {
      const [i, j] = [Math.floor(at / N), at % N]
      return dot(rows[i]!, rows[j]!) + (i === j ? 1 : 0)
    })
    const x = solve(cholesky(matrix, N), N, size, b)
    for (let i = 0; i < size; i++) {
      expect(x.reduce((sum, value, j) => sum + matrix[i * N + j]! * value, 0)).toBeCloseTo(b[i]!, 10)
    }
  },
)

it('cholesky refuses a matrix that is not positive definite', () => {
  expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(
    /required a positive definite matrix, found -3 at pivot 1/,
  )
})

test.prop([fc.double({ min: 0, max: 100, noNaN: true })])('exponential is exp(−t)', (t) => {
  expect(Math.abs(exponential(t) / Math.exp(-t) - 1)).toBeLessThan(1e-10)
})

import { fc, it } from '@fast-check/vitest'
import { nastyStacks, nonZero, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { alpha, alphaStandardError, statisticOfRows, type ExampleProjections } from './index.ts'

type Stack = readonly (readonly number[])[]

function projections(rows: Stack): ExampleProjections {
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
  return {
    squaredNorms: rows.map((row) => dot(row, row)),
    dots: rows.map((row) => rows.reduce((sum, other) => sum + dot(row, other), 0)),
  }
}

/** The twin: α of every sample with one example left out. */
function jackknifeByDefinition(rows: Stack): number {
  const m = rows.length
  const without = rows.map((_, i) => alpha(statisticOfRows(rows.filter((__, j) => j !== i))))
  const mean = without.reduce((sum, x) => sum + x, 0) / m
  return Math.sqrt(((m - 1) / m) * without.reduce((sum, x) => sum + (x - mean) ** 2, 0))
}

// Whole numbers, so that taking one example out of the totals loses no digits.
const wholeStacks = stacks({ rows: { min: 2, max: 8 } }).map((rows) => rows.map((row) => row.map(Math.round)))
const close = { rtol: 1e-6, atol: 1e-6 }

describe('alphaStandardError', () => {
  it.prop([wholeStacks])('equals leaving out one example after another', (rows) => {
    expect(alphaStandardError(projections(rows))!).toBeAllClose(jackknifeByDefinition(rows), close)
  })

  it.prop([wholeStacks, nonZero()])('ignores a common scale', (rows, c) => {
    const scaled = rows.map((row) => row.map((x) => c * x))
    expect(alphaStandardError(projections(scaled))!).toBeAllClose(alphaStandardError(projections(rows))!, {
      atol: 1e-5,
    })
  })

  it.each(nastyStacks)('is finite on $name, and null only for one example', ({ rows }) => {
    const error = alphaStandardError(projections(rows))
    if (rows.length === 1) expect(error).toBeNull()
    else expect(error).toSatisfy((x: number) => x >= 0 && x < rows.length)
  })

  it('is 0 where every example looks alike', () => {
    expect(
      alphaStandardError(
        projections([
          [1, 2],
          [1, 2],
          [1, 2],
        ]),
      ),
    ).toBeAllClose(0)
    expect(
      alphaStandardError(
        projections([
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]),
      ),
    ).toBeAllClose(0)
    expect(alphaStandardError(projections([[0], [0]]))).toBe(0)
  })

  it('is about the spread of α over independent samples', () => {
    // Gradients on the corners of a cube that is shifted off the origin.
    const corners = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { minLength: 40, maxLength: 40 })
    const samples = fc
      .sample(corners, { numRuns: 400, seed: 7 })
      .map((sample) => sample.map((corner) => corner.map((up) => (up ? 1.5 : -0.5))))
    const alphas = samples.map((rows) => alpha(statisticOfRows(rows)))
    const mean = alphas.reduce((sum, x) => sum + x, 0) / alphas.length
    const spread = Math.sqrt(alphas.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (alphas.length - 1))
    const errors = samples.map((rows) => alphaStandardError(projections(rows))!)
    const typical = errors.reduce((sum, x) => sum + x, 0) / errors.length
    expect(typical / spread).toBeGreaterThan(0.8)
    expect(typical / spread).toBeLessThan(1.25)
  })

  it('refuses lists that do not fit', () => {
    expect(() => alphaStandardError({ squaredNorms: [], dots: [] })).toThrow(/required m ≥ 1.*found 0 and 0/)
    expect(() => alphaStandardError({ squaredNorms: [1, 2], dots: [1] })).toThrow(/found 2 and 1/)
  })
})

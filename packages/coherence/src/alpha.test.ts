import { fc, it } from '@fast-check/vitest'
import { nastyStacks, nonZero, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  alpha,
  alphaDebiased,
  mCoherence,
  meanSquaredNorm,
  monoid,
  orthogonalLimit,
  squaredNormOfMean,
  statisticOfBlocks,
  statisticOfRows,
  summarise,
} from './index.ts'

type Stack = readonly (readonly number[])[]

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)

/** The twin, gradient by gradient: the mean dot product of all pairs over the mean squared norm. */
function alphaByDefinition(rows: Stack): number {
  const m = rows.length
  const pairs = rows.flatMap((a) => rows.map((b) => dot(a, b)))
  const denominator = rows.reduce((sum, a) => sum + dot(a, a), 0) / m
  return denominator === 0 ? 0 : pairs.reduce((sum, x) => sum + x, 0) / m ** 2 / denominator
}

function alphaDebiasedByDefinition(rows: Stack): number | null {
  const m = rows.length
  if (m === 1) return null
  const pairs = rows.flatMap((a, i) => rows.filter((_, j) => i !== j).map((b) => dot(a, b)))
  const denominator = rows.reduce((sum, a) => sum + dot(a, a), 0) / m
  return denominator === 0 ? 0 : pairs.reduce((sum, x) => sum + x, 0) / (m * (m - 1)) / denominator
}

const close = { rtol: 1e-10, atol: 1e-12 }

function holdsForEveryLaw(rows: Stack, k: number, c: number): void {
  const statistic = statisticOfRows(rows)
  const m = rows.length
  const a = alpha(statistic)
  expect(a).toBeAllClose(alphaByDefinition(rows), close)
  expect(a).toBeGreaterThanOrEqual(0)
  expect(a).toBeLessThanOrEqual(1)
  expect(mCoherence(statistic)).toBe(m * a)

  const debiased = alphaDebiased(statistic)
  if (m === 1) expect(debiased).toBeNull()
  else expect(debiased!).toBeAllClose(alphaDebiasedByDefinition(rows)!, close)

  const scaled = rows.map((row) => row.map((x) => c * x))
  expect(alpha(statisticOfRows(scaled))).toBeAllClose(a, close)

  const copies = Array.from({ length: k }, () => rows).flat()
  expect(mCoherence(statisticOfRows(copies))).toBeAllClose(k * mCoherence(statistic), close)

  const padded = [...rows, ...Array.from({ length: k }, () => rows[0]!.map(() => 0))]
  expect(mCoherence(statisticOfRows(padded))).toBeAllClose(mCoherence(statistic), close)

  const reversed = rows.toReversed()
  expect(alpha(statisticOfRows(reversed))).toBeAllClose(a, close)
}

describe('alpha', () => {
  it.prop([stacks(), fc.integer({ min: 1, max: 4 }), nonZero()])(
    'equals the definition, lies in [0, 1], ignores scale and order, and grows with copies as it should',
    holdsForEveryLaw,
  )

  it.each(nastyStacks)('keeps every law on $name', ({ rows }) => {
    holdsForEveryLaw(rows, 3, -2)
  })

  it.prop([stacks(), stacks()])('does not depend on how the examples were batched', (a, b) => {
    const merged = monoid.concat(statisticOfRows(a), statisticOfRows(b))
    expect(alpha(merged)).toBeAllClose(alpha(statisticOfRows([...a, ...b])), close)
  })

  it.prop([fc.array(nonZero(), { minLength: 1, maxLength: 12 })])(
    'is 1/m for orthogonal gradients of any lengths',
    (lengths) => {
      const rows = lengths.map((length, i) => lengths.map((_, j) => (i === j ? length : 0)))
      expect(alpha(statisticOfRows(rows))).toBeAllClose(orthogonalLimit(rows.length), close)
      expect(mCoherence(statisticOfRows(rows))).toBeAllClose(1, close)
      expect(alphaDebiased(statisticOfRows(rows)) ?? 0).toBeAllClose(0, close)
    },
  )

  it.prop([stacks({ rows: 1 }), fc.integer({ min: 1, max: 9 })])(
    'is 1 for equal gradients, and never above',
    (rows, m) => {
      const a = alpha(statisticOfRows(Array.from({ length: m }, () => rows[0]!)))
      expect(a).toBeAllClose(rows[0]!.every((x) => x === 0) ? 0 : 1, close)
      expect(a).toBeLessThanOrEqual(1)
    },
  )

  it.prop([stacks({ columns: 5 })])('is the convex combination of the parts’ α', (rows) => {
    const columns = (from: number, to: number): number[][] => rows.map((row) => row.slice(from, to))
    const parts = [columns(0, 2), columns(2, 3), columns(3, 5)]
    const statistic = statisticOfBlocks(parts.map((part, index) => ({ name: `l${index}/w`, rows: part })))
    const whole = meanSquaredNorm(statistic)
    const combined = parts.reduce((sum, part) => {
      const one = statisticOfRows(part)
      return sum + (whole === 0 ? 0 : meanSquaredNorm(one) / whole) * alpha(one)
    }, 0)
    expect(alpha(statistic)).toBeAllClose(combined, close)
    expect(alpha(statistic)).toBeAllClose(alpha(statisticOfRows(rows)), close)
  })

  it('is 5/8 for the paper’s Example 4, and 1/4 for its random twin', () => {
    const real = statisticOfRows([
      [1, 0, 0, 0, 0, 1],
      [0, 1, 0, 0, 0, 1],
      [0, 0, 1, 0, 0, 1],
      [0, 0, 0, 1, 0, 1],
    ])
    expect(alpha(real)).toBe(5 / 8)
    expect(mCoherence(real)).toBe(2.5)
    expect(alphaDebiased(real)).toBe(0.5)
    expect(meanSquaredNorm(real)).toBe(2)
    expect(squaredNormOfMean(real)).toBe(1.25)
  })

  it('is 0 when every gradient is zero, and when they cancel', () => {
    expect(
      alpha(
        statisticOfRows([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBe(0)
    expect(
      alphaDebiased(
        statisticOfRows([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBe(0)
    expect(
      alpha(
        statisticOfRows([
          [1, -2],
          [-1, 2],
        ]),
      ),
    ).toBe(0)
    expect(
      alphaDebiased(
        statisticOfRows([
          [1, -2],
          [-1, 2],
        ]),
      ),
    ).toBe(-1)
  })

  it('refuses an empty statistic and says what it found', () => {
    for (const measure of [alpha, mCoherence, alphaDebiased, meanSquaredNorm, squaredNormOfMean, summarise]) {
      expect(() => measure(monoid.empty)).toThrow(/required m ≥ 1, found 0/)
    }
  })

  it('refuses a selection of nothing and lists what there is', () => {
    const statistic = statisticOfRows([[1]], { name: 'd/kernel' })
    expect(() => alpha(statistic, () => false)).toThrow(/found none selected of \[d\/kernel\]/)
  })
})

describe('orthogonalLimit', () => {
  it.each([0, -1, 1.5, NaN, Infinity])('refuses m = %s', (m) => {
    expect(() => orthogonalLimit(m)).toThrow(/required a whole m ≥ 1, found/)
  })
})

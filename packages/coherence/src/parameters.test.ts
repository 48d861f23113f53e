import { it } from '@fast-check/vitest'
import { nastyStacks, nonFiniteStacks, nonZero, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  alpha,
  alphaPerParameter,
  gsnr,
  parameterMonoid,
  parameterStatisticOfRows,
  statisticOfRows,
  type ParameterStatistic,
} from './index.ts'
import { mean, sum, type Stack } from './twins.test-support.ts'

const column = (rows: Stack, j: number): number[] => rows.map((row) => row[j]!)
const numbers = ({ m, blocks }: ParameterStatistic): number[][] => [
  [m],
  ...blocks.flatMap((block) => [[...block.sum], [...block.sumOfSquares]]),
]

function holdsForEveryLaw(rows: Stack): void {
  const statistic = parameterStatisticOfRows(rows)
  const [alphas] = alphaPerParameter(statistic)
  const [ratios] = gsnr(statistic)
  for (const [j, a] of alphas!.values.entries()) {
    const values = column(rows, j)
    expect(a).toBeAllClose(alpha(statisticOfRows(values.map((x) => [x]))), { rtol: 1e-12 })
    const ratio = ratios!.values[j]!
    const center = mean(values)
    const variance = mean(values.map((x) => (x - center) ** 2))
    if (a === 0) expect(ratio).toBe(0)
    else if (variance === 0) expect(ratio).toBeGreaterThan(1e12)
    // Where α is within rounding of 1 the ratio has no digits left.
    else if (a < 1 - 1e-9) {
      expect(ratio).toBeAllClose(center ** 2 / variance, { rtol: 1e-5, atol: 1e-12 })
      expect(ratio).toBeAllClose(a / (1 - a), { rtol: 1e-5 })
    }
  }
  // Theorem 7, parameter by parameter.
  const squares = [...statistic.blocks[0]!.sumOfSquares]
  const whole = sum(squares)
  const combined = sum(squares.map((x, j) => (whole === 0 ? 0 : (x / whole) * alphas!.values[j]!)))
  expect(combined).toBeAllClose(alpha(statisticOfRows(rows)), { rtol: 1e-9, atol: 1e-12 })
}

describe('parameter by parameter', () => {
  it.prop([stacks()])('α and GSNR equal their definitions, and α is the convex combination of them', holdsForEveryLaw)
  it.each(nastyStacks)('every law holds on $name', ({ rows }) => holdsForEveryLaw(rows))

  it.prop([stacks(), nonZero()])('a common scale changes nothing', (rows, c) => {
    const scaled = parameterStatisticOfRows(rows.map((row) => row.map((x) => c * x)))
    expect(alphaPerParameter(scaled)[0]!.values).toBeAllClose(
      alphaPerParameter(parameterStatisticOfRows(rows))[0]!.values,
      { rtol: 1e-9, atol: 1e-12 },
    )
  })

  it('has defined values for equal, opposite and zero gradients', () => {
    const statistic = parameterStatisticOfRows(
      [
        [2, 1, 0, 1],
        [2, -1, 0, 3],
      ],
      { name: 'd/kernel' },
    )
    expect(gsnr(statistic)).toEqual([{ name: 'd/kernel', layer: 'd', values: Float64Array.of(Infinity, 0, 0, 4) }])
    expect(alphaPerParameter(statistic)[0]!.values).toEqual(Float64Array.of(1, 0, 0, 0.8))
    expect(() => gsnr(parameterMonoid.empty)).toThrow(/required m ≥ 1, found 0/)
    expect(parameterStatisticOfRows([])).toEqual(parameterMonoid.empty)
  })

  it.each(nonFiniteStacks)('refuses $name and names row $firstBadRow', ({ rows, firstBadRow }) => {
    expect(() => parameterStatisticOfRows(rows)).toThrow(new RegExp(`in row ${firstBadRow} of weights`))
  })
})

describe('parameterMonoid', () => {
  const of = parameterStatisticOfRows
  const close = { rtol: 1e-12, atol: 1e-9 }

  it.prop([stacks(), stacks(), stacks()])('is a monoid, and gives the statistic of the union', (x, y, z) => {
    const [a, b, c] = [of(x), of(y), of(z)]
    const { concat, empty } = parameterMonoid
    expect(concat(empty, a)).toEqual(a)
    expect(concat(a, empty)).toEqual(a)
    expect(numbers(concat(a, concat(b, c)))).toBeAllClose(numbers(concat(concat(a, b), c)), close)
    expect(numbers(concat(a, b))).toBeAllClose(numbers(of([...x, ...y])), close)
    expect(a).toEqual(of(x))
  })

  it('refuses different weights and says which', () => {
    const { concat } = parameterMonoid
    const [a, b] = [of([[1]], { name: 'a' }), of([[1]], { name: 'b' })]
    expect(() => concat(a, b)).toThrow(/required 1 elements of a, found none on the right/)
    expect(() => concat(a, of([[1, 2]], { name: 'a' }))).toThrow(/required 1 elements of a, found 2 on the right/)
    expect(() => concat(a, { m: 1, blocks: [...a.blocks, ...b.blocks] })).toThrow(/1 on the left, 2 on the right/)
  })
})

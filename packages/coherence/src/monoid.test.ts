import { it } from '@fast-check/vitest'
import { stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { monoid, statisticOfBlocks, statisticOfRows, type GradientStatistic } from './index.ts'

const blocks = (rows: readonly (readonly number[])[]): GradientStatistic =>
  statisticOfBlocks([
    { name: 'a/kernel', rows: rows.map((row) => row.slice(0, 3)) },
    { name: 'a/bias', rows: rows.map((row) => row.slice(3)) },
  ])

const numbers = (statistic: GradientStatistic): number[][] => [
  [statistic.m],
  ...statistic.blocks.map((block) => [block.sumOfSquaredNorms, ...block.sum]),
]

const close = { rtol: 1e-12, atol: 1e-9 }

describe('monoid', () => {
  it.prop([stacks()])('has an exact identity on both sides', (rows) => {
    const statistic = blocks(rows)
    expect(monoid.concat(monoid.empty, statistic)).toEqual(statistic)
    expect(monoid.concat(statistic, monoid.empty)).toEqual(statistic)
    expect(monoid.concat(monoid.empty, monoid.empty)).toEqual(monoid.empty)
  })

  it.prop([stacks(), stacks(), stacks()])('is associative and commutative up to rounding', (x, y, z) => {
    const [a, b, c] = [blocks(x), blocks(y), blocks(z)]
    const left = monoid.concat(monoid.concat(a, b), c)
    const right = monoid.concat(a, monoid.concat(b, c))
    expect(numbers(left)).toBeAllClose(numbers(right), close)
    expect(numbers(monoid.concat(a, b))).toBeAllClose(numbers(monoid.concat(b, a)), close)
  })

  it.prop([stacks(), stacks()])('gives the statistic of the union, and leaves its arguments as they were', (x, y) => {
    const [a, b] = [blocks(x), blocks(y)]
    const before = [structuredClone(a), structuredClone(b)]
    expect(numbers(monoid.concat(a, b))).toBeAllClose(numbers(blocks([...x, ...y])), close)
    expect([a, b]).toEqual(before)
  })

  it('matches weights by name and keeps the left order', () => {
    const a = statisticOfBlocks([
      { name: 'x', rows: [[1]] },
      { name: 'y', rows: [[2, 3]] },
    ])
    const b = statisticOfBlocks([
      { name: 'y', rows: [[4, 5]] },
      { name: 'x', rows: [[6]] },
    ])
    expect(monoid.concat(a, b).blocks.map(({ name, sum }) => [name, ...sum])).toEqual([
      ['x', 7],
      ['y', 6, 8],
    ])
  })

  it('refuses different weights and says which', () => {
    const a = statisticOfRows([[1]], { name: 'a' })
    const b = statisticOfRows([[1]], { name: 'b' })
    const wide = statisticOfRows([[1, 2]], { name: 'a' })
    const both = statisticOfBlocks([
      { name: 'a', rows: [[1]] },
      { name: 'b', rows: [[1]] },
    ])
    expect(() => monoid.concat(a, b)).toThrow(/found a on the left only/)
    expect(() => monoid.concat(both, a)).toThrow(/found b on the left only/)
    expect(() => monoid.concat(a, both)).toThrow(/found b on the right only/)
    expect(() => monoid.concat(a, wide)).toThrow(/required 1 elements of a, found 2/)
  })
})

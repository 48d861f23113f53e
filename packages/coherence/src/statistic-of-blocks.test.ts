import { nonFiniteStacks } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { monoid, statisticOfBlocks, statisticOfRows } from './index.ts'

describe('statisticOfBlocks', () => {
  it('sums rows, given one by one or all in one array', () => {
    const expected = {
      m: 3,
      blocks: [{ name: 'd/kernel', layer: 'd', sumOfSquaredNorms: 91, sum: Float64Array.of(9, 12) }],
    }
    const rows = [[1, 2], new Float32Array([3, 4]), Float64Array.of(5, 6)]
    expect(statisticOfBlocks([{ name: 'd/kernel', rows }])).toEqual(expected)
    const data = new Float32Array([1, 2, 3, 4, 5, 6])
    expect(statisticOfBlocks([{ name: 'd/kernel', rows: { m: 3, data } }])).toEqual(expected)
    expect(statisticOfRows(rows, { name: 'd/kernel' })).toEqual(expected)
  })

  it('finds the layer before the last slash of the name', () => {
    const layer = (name: string): string => statisticOfRows([[1]], { name }).blocks[0]!.layer
    expect(layer('block/dense_1/kernel')).toBe('block/dense_1')
    expect(layer('kernel')).toBe('kernel')
    expect(statisticOfRows([[1]]).blocks[0]).toMatchObject({ name: 'weights', layer: 'weights' })
  })

  it('is empty without rows', () => {
    expect(statisticOfRows([])).toEqual(monoid.empty)
    expect(statisticOfBlocks([])).toEqual(monoid.empty)
  })

  it.each(nonFiniteStacks)('refuses $name and names row $firstBadRow', ({ rows, firstBadRow }) => {
    expect(() => statisticOfRows(rows)).toThrow(
      new RegExp(`required finite gradients, found -?(NaN|Infinity) in row ${firstBadRow} of weights`),
    )
  })

  it('refuses a number whose square is not finite', () => {
    expect(() => statisticOfRows([[1], [1e200]])).toThrow(/found 1e\+200 in row 1 of weights, element 0/)
  })

  it('refuses rows that do not fit together', () => {
    expect(() => statisticOfRows([[1, 2], [3]])).toThrow(/required 2 elements.*found 1 in row 1/)
    expect(() => statisticOfRows({ m: 2, data: [1, 2, 3] })).toThrow(/required 2 equal rows.*found 3 elements/)
    const twoAndOne = [
      { name: 'a', rows: [[1], [2]] },
      { name: 'b', rows: [[1]] },
    ]
    expect(() => statisticOfBlocks(twoAndOne)).toThrow(/required 2 rows of b, found 1/)
    const twins = [
      { name: 'a', rows: [[1]] },
      { name: 'a', rows: [[1]] },
    ]
    expect(() => statisticOfBlocks(twins)).toThrow(/found a twice/)
  })
})

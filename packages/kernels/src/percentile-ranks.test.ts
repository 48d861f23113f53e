import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { percentileRanks } from './percentile-ranks.ts'

describe('percentileRanks', () => {
  test.each([
    [0, 100, 0, 99],
    [1, 100, 1, 98],
    [8, 100, 8, 91],
    [8, 64, 5, 58],
    [50, 101, 50, 50],
    [50, 4, 2, 2],
    [50, 2, 0, 0],
    [50, 1, 0, 0],
    [25, 3, 0, 2],
    [25, 7, 2, 4],
    [5, 11, 0, 10],
    [15, 11, 2, 8],
  ])('picks the nearest rank, halves to even: %d%% of %d', (percent, rows, lower, upper) => {
    expect(percentileRanks(percent, rows)).toEqual({ lower, upper })
  })

  test.prop([fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 1, max: 5000 })])(
    'stays inside the column, lower first',
    (percent, rows) => {
      const { lower, upper } = percentileRanks(percent, rows)
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeGreaterThanOrEqual(lower)
      expect(upper).toBeLessThan(rows)
    },
  )

  test('says what it required and found', () => {
    expect(() => percentileRanks(51, 10)).toThrow(/required 0 ≤ c ≤ 50, found 51/)
    expect(() => percentileRanks(Number.NaN, 10)).toThrow(/found NaN/)
    expect(() => percentileRanks(8, 0)).toThrow(/required a whole number of rows ≥ 1, found 0/)
  })
})

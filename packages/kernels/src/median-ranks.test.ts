import { describe, expect, test } from 'vitest'
import { medianRanks } from './median-ranks.ts'

describe('medianRanks', () => {
  test('gives the middle one or the middle two', () => {
    expect([1, 2, 3, 4].map(medianRanks)).toEqual([
      { lower: 0, upper: 0 },
      { lower: 0, upper: 1 },
      { lower: 1, upper: 1 },
      { lower: 1, upper: 2 },
    ])
  })

  test('refuses no rows', () => {
    expect(() => medianRanks(0)).toThrow(/required a whole number of rows ≥ 1, found 0/)
  })
})

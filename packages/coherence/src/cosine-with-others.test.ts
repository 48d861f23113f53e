import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { cosineWithOthers, projectionsOfRows } from './index.ts'
import { dot } from './twins.test-support.ts'

/** Rows of small whole numbers: their sums and products are exact. */
const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
  minLength: 1,
  maxLength: 12,
})

describe('cosineWithOthers', () => {
  test.prop([rows])('is the cosine with the sum of the others, row by row', (stack) => {
    const expected = stack.map((g, i) => {
      const others = [0, 1].map((c) => stack.reduce((sum, row, j) => (i === j ? sum : sum + row[c]!), 0))
      const lengths = Math.sqrt(dot(g, g) * dot(others, others))
      return lengths === 0 ? 0 : dot(g, others) / lengths
    })
    cosineWithOthers(projectionsOfRows(stack)).forEach((found, i) => expect(found).toBeCloseTo(expected[i]!, 12))
  })
  test.prop([rows, fc.constantFrom(0.5, 2, 1024)])('ignores a common scale', (stack, scale) => {
    const scaled = stack.map((row) => row.map((x) => scale * x))
    expect(cosineWithOthers(projectionsOfRows(scaled))).toEqual(cosineWithOthers(projectionsOfRows(stack)))
  })
  it('is 0 where the others cancel, ±1 where they agree or disagree', () => {
    expect([...cosineWithOthers(projectionsOfRows([[1], [2], [-1]]))]).toEqual([1, 0, -1])
    expect([...cosineWithOthers(projectionsOfRows([[1, 1]]))]).toEqual([0])
  })
})

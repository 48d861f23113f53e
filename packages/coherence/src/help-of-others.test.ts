import { stacks } from '@coherent-gradients/testkit'
import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { helpOfOthers, meanPairwiseDot, projectionsOfRows, statisticOfRows } from './index.ts'
import { dot, sum } from './twins.test-support.ts'

describe('helpOfOthers', () => {
  test.prop([stacks()])('is the sum of the dot products with all the others, pair by pair', (rows) => {
    const expected = rows.map((a, i) => sum(rows.map((b, j) => (i === j ? 0 : dot(a, b)))))
    const scale = Math.max(...rows.map((a) => dot(a, a))) * rows.length
    expect(helpOfOthers(projectionsOfRows(rows))).toBeAllClose(expected, { rtol: 1e-9, atol: 1e-12 * scale })
  })
  test.prop([stacks()])('sums to the mean dot product over all pairs', (rows) => {
    const m = rows.length
    const mean = meanPairwiseDot(statisticOfRows(rows)) ?? 0
    const scale = Math.max(...rows.map((a) => dot(a, a))) * m * m
    expect(sum([...helpOfOthers(projectionsOfRows(rows))])).toBeAllClose(m * (m - 1) * mean, {
      rtol: 1e-9,
      atol: 1e-12 * scale,
    })
  })
  it('is negative for the one that the others pull against', () => {
    expect([
      ...helpOfOthers(
        projectionsOfRows([
          [1, 0],
          [1, 1],
          [-1, 0],
        ]),
      ),
    ]).toEqual([0, 0, -2])
  })
  it('refuses lists that do not fit', () => {
    expect(() => helpOfOthers({ squaredNorms: [1], dots: [] })).toThrow(/as many squared norms as dots, found 1 and 0/)
  })
})

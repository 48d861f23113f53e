import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { naturalLog } from './natural-log.ts'
import { normalQuantile } from './normal-quantile.ts'
import { normalProbability } from './statistics-of-draws.test-support.ts'

describe('normalQuantile', () => {
  // Values of Φ⁻¹ from tables.
  test.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.01, -2.3263478740408408],
    [0.9999, 3.719016485455709],
    [1e-5, -4.264890793922825],
    [1e-10, -6.361340902404056],
    [1e-16, -8.222082216130435],
  ])('of %d is %d', (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(z)) * 4)
  })

  test.prop([fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })])('is the inverse of Φ', (p) => {
    expect(Math.abs(normalProbability(normalQuantile(p)) - p)).toBeLessThan(1e-6)
  })

  test.prop([fc.integer({ min: 1, max: 2 ** 30 - 1 })])('is odd about ½', (i) => {
    expect(normalQuantile(1 - i * 2 ** -31)).toBe(-normalQuantile(i * 2 ** -31))
  })

  test.prop([
    fc.double({ min: 2 ** -1022, max: 0.999, noNaN: true }),
    fc.double({ min: 2 ** -1022, max: 0.999, noNaN: true }),
  ])('rises', (a, b) => {
    fc.pre(b > a * (1 + 1e-9))
    expect(normalQuantile(b)).toBeGreaterThan(normalQuantile(a))
  })

  test('joins its three pieces without a step', () => {
    for (const p of [0.075, Math.exp(-25)]) {
      expect(Math.abs(normalQuantile(p * (1 + 1e-15)) - normalQuantile(p * (1 - 1e-15)))).toBeLessThan(1e-14)
    }
  })

  test.each([0, 1, -0.1, 1.1, NaN, 5e-324])('refuses p = %d', (p) => {
    expect(() => normalQuantile(p)).toThrow(`required p in [2⁻¹⁰²², 1), found ${p}`)
  })
})

describe('naturalLog', () => {
  test.prop([fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true })])('agrees with Math.log', (x) => {
    expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.abs(Math.log(x)))
  })
})

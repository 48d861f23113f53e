import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { effectiveCount } from './effective-count.ts'
import { meanInterval } from './mean-interval.ts'
import { seriesShare } from './series-share.ts'
import { shareInterval } from './share-interval.ts'

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('meanInterval', () => {
  it('is the mean and t · s/√n around it', () => {
    const interval = meanInterval([1, 2, 3])
    expect(interval.estimate).toBe(2)
    expect(interval.high).toBeCloseTo(2 + 4.302652729749462 / Math.sqrt(3), 10)
    expect(interval.over).toBe('3 seeds')
  })

  test.prop([fc.array(finite, { minLength: 2, maxLength: 12 })])(
    'holds the mean, and more surely when wider',
    (samples) => {
      const [narrow, wide] = [meanInterval(samples, 0.9), meanInterval(samples, 0.99)]
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(narrow.low).toBeLessThanOrEqual(narrow.estimate)
      expect(narrow.high).toBeLessThanOrEqual(wide.high)
    },
  )

  it('refuses a single sample and one that is not finite', () => {
    expect(() => meanInterval([1])).toThrow(/required at least 2 samples, found 1/)
    expect(() => meanInterval([1, NaN])).toThrow(/required finite samples, found 1,NaN/)
  })
})

describe('shareInterval', () => {
  // From SciPy 1.x, scipy.stats.binomtest(…).proportion_ci(0.95, 'wilson').
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371109, 1],
    [7, 20, 0.1811918241010821, 0.5671457233147637],
    [1, 3, 0.06149194472039626, 0.7923403991979523],
  ])('of %d in %d is the known one', (k, n, low, high) => {
    expect(shareInterval(k, n).low).toBeCloseTo(low, 8)
    expect(shareInterval(k, n).high).toBeCloseTo(high, 8)
  })

  test.prop([fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'holds the share and stays a share',
    (n, share) => {
      const { low, estimate, high } = shareInterval(share * n, n)
      expect(0 <= low && low <= estimate + 1e-12 && estimate <= high + 1e-12 && high <= 1).toBe(true)
    },
  )

  it('refuses more hits than trials', () => {
    expect(() => shareInterval(4, 3)).toThrow(/required 0 ≤ k ≤ n = 3, found 4/)
  })
})

describe('effectiveCount', () => {
  test.prop([fc.array(finite, { minLength: 1, maxLength: 60 })])('is between 1 and the number of values', (series) => {
    expect(effectiveCount(series)).toBeGreaterThanOrEqual(1)
    expect(effectiveCount(series)).toBeLessThanOrEqual(series.length)
  })

  it('counts a slow drift as few measurements and an alternation as many', () => {
    expect(effectiveCount(Array.from({ length: 100 }, (_, i) => i))).toBeLessThan(3)
    expect(effectiveCount(Array.from({ length: 100 }, (_, i) => i % 2))).toBe(100)
  })
})

describe('seriesShare', () => {
  it('widens with the dependence of neighbours', () => {
    const alternating = Array.from({ length: 100 }, (_, i) => 1 + (i % 2))
    const drifting = alternating.toSorted()
    const [narrow, wide] = [seriesShare(alternating, (x) => x < 1.5)!, seriesShare(drifting, (x) => x < 1.5)!]
    expect([narrow.estimate, wide.estimate]).toEqual([0.5, 0.5])
    expect(wide.high - wide.low).toBeGreaterThan(3 * (narrow.high - narrow.low))
  })

  it('counts a value that is not finite as one that fails', () => {
    expect(seriesShare([1, NaN, 1, 1], (x) => x < 2)!.estimate).toBe(0.75)
  })

  it('is nothing without measurements', () => {
    expect(seriesShare([], () => true)).toBeUndefined()
  })
})

import { expect, it } from 'vitest'
import { meanInterval } from './mean-interval.ts'
import { seedsToSettle } from './seeds-to-settle.ts'

it('gives the least number of seeds whose interval leaves the threshold out', () => {
  expect(seedsToSettle([1, 2, 6], 1)).toBe(10)
  expect(seedsToSettle([1, 2, 3], 2)).toBeUndefined()
  expect(seedsToSettle([1, 1.2, 1.1], 1)).toBe(7)
})

it('is what an interval of as many samples with the same mean and spread would have shown', () => {
  const n = seedsToSettle([0, 4], 1)!
  // As many samples, half of them on either side, spread as the two are.
  const alike = (count: number): number[] => {
    const away = Math.sqrt((8 * (count - 1)) / count)
    return Array.from({ length: count }, (_, i) => 2 + (i % 2 === 0 ? away : -away))
  }
  const even = n + (n % 2)
  expect(meanInterval(alike(even)).low).toBeGreaterThan(1)
  expect(meanInterval(alike(even - 4)).low).toBeLessThan(1)
})

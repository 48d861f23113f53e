import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { formatTick, formatTicks } from './format-tick.ts'
import { linearTicks, logTicks } from './ticks.ts'

describe('linearTicks', () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 1, 4, [0, 0.25, 0.5, 0.75, 1]],
    [0, 110, 5, [0, 25, 50, 75, 100]],
    [-0.3, 0.3, 3, [-0.2, 0, 0.2]],
    [3, 3, 5, [3]],
  ])('between %d and %d, at most %d intervals', (low, high, most, ticks) => {
    expect(linearTicks(low, high, most)).toEqual(ticks)
  })

  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  test.prop([number, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 10 })])(
    'lie inside, rise, and are never more than was asked for',
    (low, span, most) => {
      const ticks = linearTicks(low, low + span, most)
      expect(ticks.length).toBeLessThanOrEqual(most + 1)
      expect(ticks.every((tick) => tick >= low - span * 1e-6 && tick <= low + span * (1 + 1e-6))).toBe(true)
      expect(ticks.toSorted((a, b) => a - b)).toEqual(ticks)
    },
  )
})

describe('logTicks', () => {
  it.each([
    [0.5, 50, 150, [0.5, 1, 2, 5, 10, 20, 50]],
    [0.001, 10, 150, [0.001, 0.01, 0.1, 1, 10]],
    [1e-10, 1, 100, [1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1]],
    [3, 4, 100, [3, 3.2, 3.4, 3.6, 3.8, 4]],
  ])('between %d and %d on %d pixels', (low, high, pixels, ticks) => {
    expect(logTicks(low, high, pixels, 18)).toEqual(ticks)
  })

  const exponent = fc.double({ min: -12, max: 8, noNaN: true })
  test.prop([exponent, fc.double({ min: 1, max: 12, noNaN: true }), fc.integer({ min: 80, max: 500 })])(
    'never stand closer than their spacing',
    (from, decades, pixels) => {
      const ticks = logTicks(10 ** from, 10 ** (from + decades), pixels, 18)
      const places = ticks.map((tick) => ((Math.log10(tick) - from) / decades) * pixels)
      if (ticks.length > 1 && decades > 2) {
        expect(Math.min(...places.slice(1).map((place, i) => place - places[i]!))).toBeGreaterThan(17.9)
      }
      expect(ticks.length).toBeGreaterThan(0)
    },
  )
})

describe('formatTick', () => {
  it.each([
    [0, '0'],
    [0.001, '0.001'],
    [-2.5, '−2.5'],
    [400, '400'],
    [60_000, '60k'],
    [2_500_000, '2.5M'],
    [1e-6, '1e−6'],
    [5e12, '5e12'],
  ])('%d', (value, text) => {
    expect(formatTick(value)).toBe(text)
  })

  it('writes the ticks of one axis alike', () => {
    expect(formatTicks([0, 5000, 10_000])).toEqual(['0', '5k', '10k'])
  })
})

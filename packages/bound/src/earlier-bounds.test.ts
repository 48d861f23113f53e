import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  generalizationBound,
  hardtConvexBound,
  hardtNonConvexBound,
  harmonicScale,
  kuzborskijLampertBound,
  type BoundConstants,
} from './index.ts'

const positive = fc.double({ min: 1e-2, max: 10, noNaN: true })
const someConstants = fc.record({
  lipschitz: positive,
  smoothness: positive,
  examples: fc.integer({ min: 2, max: 999 }),
})
const someSchedule = fc.record({
  scale: positive,
  steps: fc.integer({ min: 1, max: 10_000 }),
  nonIncreasing: fc.constant(true),
})

/** Hardt et al. before t₀ is chosen: t₀ steps are ignored, and what follows diverges by 2L/(β(m − 1)) (T/t₀)^{βc}. */
function hardtAt(
  first: number,
  c: number,
  T: number,
  { lipschitz: L, smoothness, examples: m }: BoundConstants,
): number {
  return first / (m - 1) + ((2 * L ** 2) / (smoothness * (m - 1))) * (T / first) ** (smoothness * c)
}

describe('the bounds that Theorem 1 builds on', () => {
  it.prop([someSchedule, someConstants])(
    'Hardt et al., non-convex: what is left when the number of ignored steps is chosen best',
    (schedule, constants) => {
      const { scale: c, steps: T } = schedule
      const { lipschitz: L, smoothness } = constants
      const power = smoothness * c
      const first = (2 * c * L ** 2) ** (1 / (power + 1)) * T ** (power / (power + 1))
      const bound = Math.exp(hardtNonConvexBound(schedule, constants).logBound)
      expect(bound).toBeAllClose(hardtAt(first, c, T, constants), { rtol: 1e-9, atol: 0 })
      for (const factor of [0.5, 0.9, 1.1, 2]) {
        expect(hardtAt(factor * first, c, T, constants)).toBeGreaterThanOrEqual(bound * (1 - 1e-9))
      }
    },
  )

  it.prop([someSchedule, someConstants])(
    'Kuzborskij & Lampert at their worst: Hardt et al. with m in place of m − 1',
    (schedule, constants) => {
      const { examples: m } = constants
      const hardt = Math.exp(hardtNonConvexBound(schedule, constants).logBound)
      const theirs = Math.exp(kuzborskijLampertBound(schedule, constants).logBound)
      expect(theirs).toBeAllClose((hardt * (m - 1)) / m, { rtol: 1e-9, atol: 0 })
    },
  )

  it('Kuzborskij & Lampert: a fitted network and 0 risk give 0', () => {
    const constants = { lipschitz: 1, smoothness: 1, examples: 10 }
    const schedule = { scale: 0.0001, steps: 100, nonIncreasing: true }
    expect(kuzborskijLampertBound(schedule, constants, { risk: 0 }).logBound).toBe(-Infinity)
    const low = kuzborskijLampertBound({ ...schedule, steps: 1e6 }, constants, { risk: 0.01 })
    expect(low.logBound).toBeLessThan(kuzborskijLampertBound({ ...schedule, steps: 1e6 }, constants).logBound)
    expect(low.unmet).toEqual([])
  })

  it.prop([fc.array(positive, { minLength: 1, maxLength: 20 }), someConstants])(
    'Hardt et al., convex: the sum of the rates, which Theorem 1 with α = 0 exceeds but for √2',
    (rates, constants) => {
      const { logBound } = hardtConvexBound(rates, constants)
      const sum = rates.reduce((total, rate) => total + rate, 0)
      const { lipschitz: L, examples: m } = constants
      expect(Math.exp(logBound)).toBeAllClose((2 * L ** 2 * sum) / m, { rtol: 1e-12, atol: 0 })
      const series = rates.map((learningRate) => ({ learningRate, alpha: 0 }))
      expect(generalizationBound(series, constants).bound * Math.SQRT2).toBeGreaterThanOrEqual(
        Math.exp(logBound) * (1 - 1e-12),
      )
    },
  )

  it('say which of their conditions a schedule breaks', () => {
    const constants = { lipschitz: 1, smoothness: 10, examples: 100 }
    expect(hardtConvexBound([0.1, 0.3, 0.4], constants).unmet).toEqual(['η ≤ 2/β fails at step 2'])
    expect(hardtConvexBound([0.1, 0.2], constants).unmet).toEqual([])
    const rising = { scale: 1, steps: 5, nonIncreasing: false }
    expect(hardtNonConvexBound(rising, constants).unmet).toEqual(['a learning rate is above the one before it'])
    expect(kuzborskijLampertBound(rising, constants).unmet).toHaveLength(1)
  })

  it('harmonicScale is the least c with η_t ≤ c/t', () => {
    expect(harmonicScale([0.5, 0.25, 0.1])).toBe(0.5)
    expect(harmonicScale([0.1, 0.1, 0.1])).toBeAllClose(0.3, { rtol: 1e-15 })
    expect(() => harmonicScale([0.1, -1])).toThrow(/learning rate ≥ 0, found -1 at step 2/)
  })

  it.each([
    [{ scale: 0, steps: 1 }, {}, /scale c > 0, found 0/],
    [{ scale: 1, steps: 0 }, {}, /steps T ≥ 1, found 0/],
    [{ scale: 1, steps: 1 }, { smoothness: 0 }, /smoothness β > 0, found 0/],
  ])('refuse %o %o', (schedule, change, message) => {
    const constants = { lipschitz: 1, smoothness: 1, examples: 10, ...change }
    const whole = { nonIncreasing: true, ...schedule }
    expect(() => hardtNonConvexBound(whole, constants)).toThrow(message)
    expect(() => kuzborskijLampertBound(whole, constants)).toThrow(message)
  })

  it('refuse a curvature above β, a risk above 1 and one example', () => {
    const constants = { lipschitz: 1, smoothness: 1, examples: 10 }
    const schedule = { scale: 1, steps: 1, nonIncreasing: true }
    expect(() => kuzborskijLampertBound(schedule, constants, { curvature: 2 })).toThrow(/0 < γ ≤ β = 1, found 2/)
    expect(() => kuzborskijLampertBound(schedule, constants, { risk: 2 })).toThrow(/risk in \[0, 1\], found 2/)
    expect(() => hardtNonConvexBound(schedule, { ...constants, examples: 1 })).toThrow(/m ≥ 2 examples, found 1/)
  })
})

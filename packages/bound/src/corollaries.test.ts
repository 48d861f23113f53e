import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { fixedRateCorollary, generalizationBound, harmonicRateCorollary, type BoundConstants } from './index.ts'

const someAlphas = fc.array(
  fc.integer({ min: 0, max: 100 }).map((x) => x / 100),
  { minLength: 1, maxLength: 30 },
)
const positive = fc.double({ min: 1e-3, max: 3, noNaN: true })
const someConstants = fc.record({
  lipschitz: positive,
  smoothness: positive,
  examples: fc.integer({ min: 1, max: 999 }),
})
const slack = 1e-11

describe('the corollaries', () => {
  it.prop([someAlphas, positive, someConstants])(
    'for a fixed rate: the tighter form is (5), the looser one lies above',
    (alphas, learningRate, constants) => {
      const { logTighter, logLooser } = fixedRateCorollary(alphas, learningRate, constants)
      const { logBound } = generalizationBound(
        alphas.map((alpha) => ({ learningRate, alpha })),
        constants,
      )
      if (logBound === -Infinity) return expect([logTighter, logLooser]).toEqual([-Infinity, -Infinity])
      expect(logTighter).toBeAllClose(logBound, { rtol: 0, atol: slack })
      expect(logLooser).toBeGreaterThanOrEqual(logTighter - slack)
    },
  )

  it.prop([someAlphas, positive, someConstants])(
    'for η = c/t: (5) ≤ the tighter form ≤ the looser one',
    (alphas, scale, constants) => {
      const { logTighter, logLooser } = harmonicRateCorollary(alphas, scale, constants)
      const { logBound } = generalizationBound(
        alphas.map((alpha, i) => ({ learningRate: scale / (i + 1), alpha })),
        constants,
      )
      if (logBound === -Infinity) return expect([logTighter, logLooser]).toEqual([-Infinity, -Infinity])
      expect(logTighter).toBeGreaterThanOrEqual(logBound - slack)
      expect(logLooser).toBeGreaterThanOrEqual(logTighter - slack)
    },
  )

  it('have the closed form of a geometric series where α stays', () => {
    const constants: BoundConstants = { lipschitz: 2, smoothness: 3, examples: 7 }
    const [T, rate, alpha] = [40, 0.1, 0.28]
    const alphas = Array.from({ length: T }, () => alpha)
    const { logTighter } = fixedRateCorollary(alphas, rate, constants)
    const closed = (4 / 7) * Math.sqrt(2 * (1 - alpha)) * ((1.3 ** T - 1) / 3)
    expect(Math.exp(logTighter)).toBeAllClose(closed, { rtol: 1e-12 })
  })

  it.each([
    [() => fixedRateCorollary([0.5, 2], 0.1, { lipschitz: 1, smoothness: 1, examples: 1 })],
    [() => harmonicRateCorollary([0.5, 2], 0.1, { lipschitz: 1, smoothness: 1, examples: 1 })],
  ])('refuse what Theorem 1 refuses', (compute) => {
    expect(compute).toThrow(/0 ≤ α ≤ 1, found 2 at step 2/)
  })
})

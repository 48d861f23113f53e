import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { extendLogBound, generalizationBound, type BoundConstants, type BoundStep } from './index.ts'

/** The twin: equation (5) as it is written, product by product. */
function naiveBound(series: readonly BoundStep[], { lipschitz: L, smoothness, examples: m }: BoundConstants): number {
  let sum = 0
  for (const [i, { learningRate, alpha }] of series.entries()) {
    const expansion = series.slice(i + 1).reduce((product, later) => product * (1 + later.learningRate * smoothness), 1)
    sum += expansion * learningRate * Math.sqrt(2 * (1 - alpha))
  }
  return (L ** 2 / m) * sum
}

const unit = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => (x < 1e-9 ? 0 : x))
const small = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 2, noNaN: true }))
const someSteps = fc.array(fc.record({ learningRate: small, alpha: unit }), { maxLength: 12 })
const someConstants = fc.record({ lipschitz: small, smoothness: small, examples: fc.integer({ min: 1, max: 1000 }) })

const ones: BoundConstants = { lipschitz: 1, smoothness: 1, examples: 1 }
const slack = 1e-9

describe('generalizationBound', () => {
  it.prop([someSteps, someConstants])('equals equation (5), term by term', (series, constants) => {
    const { bound, logBound, steps } = generalizationBound(series, constants)
    const expected = naiveBound(series, constants)
    expect(bound).toBeAllClose(expected, { rtol: 1e-10, atol: 0 })
    expect(Math.exp(logBound)).toBe(bound)
    expect(steps.map((step) => step.step)).toEqual(series.map((_, i) => i + 1))
    const parts = steps.reduce((sum, step) => sum + Math.exp(step.logContribution), 0)
    expect(parts).toBeAllClose(expected, { rtol: 1e-10, atol: 0 })
  })

  it.prop([someSteps, someConstants])('is what it grows to step by step', (series, constants) => {
    let logSum = -Infinity
    for (const [i, step] of series.entries()) logSum = extendLogBound(logSum, step, { ...constants, t: i + 1 })
    const scale = 2 * Math.log(constants.lipschitz) - Math.log(constants.examples)
    expect(scale + logSum).toBeAllClose(generalizationBound(series, constants).logBound, { rtol: 1e-10, atol: 1e-10 })
  })

  it.prop([someSteps, someConstants, fc.nat(), small])(
    'never falls when a learning rate, β or L rises, and never rises with α or m',
    (series, constants, index, more) => {
      const { bound } = generalizationBound(series, constants)
      const at = (change: Partial<BoundConstants>): number =>
        generalizationBound(series, { ...constants, ...change }).bound
      const atLeast = bound * (1 - slack)
      expect(at({ smoothness: constants.smoothness + more })).toBeGreaterThanOrEqual(atLeast)
      expect(at({ lipschitz: constants.lipschitz + more })).toBeGreaterThanOrEqual(atLeast)
      expect(at({ examples: constants.examples + 1 })).toBeLessThanOrEqual(bound * (1 + slack))
      if (series.length === 0) return
      const t = index % series.length
      const { learningRate, alpha } = series[t]!
      const faster = series.with(t, { learningRate: learningRate + more, alpha })
      expect(generalizationBound(faster, constants).bound).toBeGreaterThanOrEqual(atLeast)
      const coherent = series.with(t, { learningRate, alpha: Math.min(1, alpha + more / 4) })
      expect(generalizationBound(coherent, constants).bound).toBeLessThanOrEqual(bound * (1 + slack))
    },
  )

  it.prop([someSteps, someConstants])('halves when the examples double, and grows with L²', (series, constants) => {
    const { bound } = generalizationBound(series, constants)
    const twice = generalizationBound(series, { ...constants, examples: 2 * constants.examples })
    expect(twice.bound).toBeAllClose(bound / 2, { rtol: 1e-10, atol: 0 })
    const triple = generalizationBound(series, { ...constants, lipschitz: 3 * constants.lipschitz })
    expect(triple.bound).toBeAllClose(9 * bound, { rtol: 1e-10, atol: 0 })
  })

  it.prop([fc.integer({ min: 2, max: 20 })])('rewards coherence more the earlier it comes', (T) => {
    const flat = Array.from({ length: T }, () => ({ learningRate: 0.5, alpha: 0.25 }))
    const bounds = flat.map((step, t) => generalizationBound(flat.with(t, { ...step, alpha: 0.75 }), ones).bound)
    for (let t = 1; t < T; t++) expect(bounds[t - 1]!).toBeLessThan(bounds[t]!)
  })

  it('gives by hand: two steps', () => {
    // t = 1: (1 + 0.5·2) · 1 · √(2·0.5) = 2;  t = 2: 1 · 0.5 · √(2·(1 − 0.875)) = 0.25;  L²/m = 4/9; together 1.
    const series = [
      { learningRate: 1, alpha: 0.5 },
      { learningRate: 0.5, alpha: 0.875 },
    ]
    const result = generalizationBound(series, { lipschitz: 2, smoothness: 2, examples: 9 })
    expect(result.bound).toBeAllClose(1, { rtol: 1e-14 })
    expect(result.steps.map((step) => Math.exp(step.logExpansion))).toBeAllClose([2, 1], { rtol: 1e-14 })
    expect(result.steps.map((step) => Math.exp(step.logContribution))).toBeAllClose([8 / 9, 1 / 9], { rtol: 1e-14 })
  })

  it('is 0 without steps, with perfect coherence, without learning and without slope', () => {
    const step = { learningRate: 0.1, alpha: 0.5 }
    expect(generalizationBound([], ones)).toEqual({ logBound: -Infinity, bound: 0, steps: [] })
    for (const series of [
      [{ ...step, alpha: 1 }],
      [
        { ...step, learningRate: 0 },
        { learningRate: 0, alpha: 1 },
      ],
    ]) {
      const { bound, logBound, steps } = generalizationBound(series, ones)
      expect([bound, logBound]).toEqual([0, -Infinity])
      expect(steps.every((each) => each.logContribution === -Infinity)).toBe(true)
    }
    expect(generalizationBound([step, step], { ...ones, lipschitz: 0 }).bound).toBe(0)
  })

  it('stays finite in logarithms where the bound itself is beyond float64', () => {
    const T = 100_000
    const series = Array.from({ length: T }, () => ({ learningRate: 10, alpha: 0.5 }))
    const { bound, logBound } = generalizationBound(series, ones)
    // A geometric series: 10 · (11^T − 1) / 10.
    expect(bound).toBe(Infinity)
    expect(logBound).toBeAllClose(T * Math.log(11), { rtol: 1e-10 })
    const extreme = generalizationBound(series.slice(0, 3), { lipschitz: 1e200, smoothness: 1e308, examples: 1 })
    expect(extreme.bound).toBe(Infinity)
    expect(Number.isFinite(extreme.logBound)).toBe(true)
  })

  it.each([
    [{ learningRate: 0.1, alpha: 1.0000001 }, /required 0 ≤ α ≤ 1, found 1\.0000001 at step 2/],
    [{ learningRate: 0.1, alpha: -0.1 }, /required 0 ≤ α ≤ 1, found -0\.1 at step 2/],
    [{ learningRate: 0.1, alpha: NaN }, /required 0 ≤ α ≤ 1, found NaN at step 2/],
    [{ learningRate: -1, alpha: 0 }, /learning rate ≥ 0, found -1 at step 2/],
    [{ learningRate: Infinity, alpha: 0 }, /learning rate ≥ 0, found Infinity at step 2/],
  ])('refuses the step %o', (step, message) => {
    expect(() => generalizationBound([{ learningRate: 0, alpha: 0 }, step], ones)).toThrow(message)
    expect(() => extendLogBound(-Infinity, step, { smoothness: 1, t: 2 })).toThrow(message)
  })

  it.each([
    [{ smoothness: -1 }, /smoothness β ≥ 0, found -1/],
    [{ smoothness: Infinity }, /smoothness β ≥ 0, found Infinity/],
    [{ lipschitz: -1 }, /Lipschitz constant L ≥ 0, found -1/],
    [{ lipschitz: NaN }, /Lipschitz constant L ≥ 0, found NaN/],
    [{ examples: 0 }, /m ≥ 1, found 0/],
    [{ examples: 2.5 }, /whole number of examples m ≥ 1, found 2\.5/],
  ])('refuses the constants %o', (constants, message) => {
    expect(() => generalizationBound([], { ...ones, ...constants })).toThrow(message)
  })
})

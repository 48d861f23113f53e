import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { distanceOfLog, errorOfLog, exactBound } from './exact-bound.test-support.ts'
import { columnsOf } from './bound-step.ts'
import { unrollColumns } from './generalization-bound.ts'
import { boundSoFar, extendBound, generalizationBound, noSteps, type BoundConstants, type BoundStep } from './index.ts'

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

/** Numbers ≥ 0 of any size that float64 has. */
const anySize = fc.oneof(
  fc.constantFrom(0, 5e-324, 1e-308, 1e308, Number.MAX_VALUE),
  fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }).map((e) => 2 ** e),
)
const anyAlpha = fc.oneof(fc.constantFrom(0, 1, 0.5, 5e-324, 1 - 2 ** -53), fc.double({ min: 0, max: 1, noNaN: true }))

const ones: BoundConstants = { lipschitz: 1, smoothness: 1, examples: 1 }
const slack = 1e-9

describe('generalizationBound', () => {
  it.prop([someSteps, someConstants])('equals equation (5), term by term', (series, constants) => {
    const { bound, logContributions } = generalizationBound(series, constants)
    const expected = naiveBound(series, constants)
    expect(bound).toBeAllClose(expected, { rtol: 1e-13, atol: 0 })
    expect(logContributions.length).toBe(series.length)
    const parts = logContributions.reduce((sum, log) => sum + Math.exp(log), 0)
    expect(parts).toBeAllClose(expected, { rtol: 1e-10, atol: 0 })
  })

  it.prop([
    fc.array(fc.record({ learningRate: anySize, alpha: anyAlpha }), { maxLength: 12 }),
    fc.record({ lipschitz: anySize, smoothness: anySize, examples: fc.integer({ min: 1, max: 2 ** 40 }) }),
  ])('gives logarithms right to 1e-14 of themselves, whatever the size of its numbers', (series, constants) => {
    const exact = exactBound(series, constants)
    const { logBound, logContributions } = generalizationBound(series, constants)
    expect(errorOfLog(logBound, exact.sum)).toBeLessThan(1e-14)
    for (const [i, term] of exact.contributions.entries()) {
      expect(errorOfLog(logContributions[i]!, term)).toBeLessThan(1e-14)
    }
  })

  it.prop([fc.array(fc.record({ learningRate: small, alpha: anyAlpha }), { minLength: 1, maxLength: 12 })])(
    'does so where the bound is nearly 1 and its logarithm nearly 0',
    (series) => {
      const { bound } = generalizationBound(series, { lipschitz: 1, smoothness: 1, examples: 1000 })
      fc.pre(bound > 1e-100)
      const constants = { lipschitz: 1 / Math.sqrt(bound), smoothness: 1, examples: 1000 }
      const { logBound } = generalizationBound(series, constants)
      expect(Math.abs(logBound)).toBeLessThan(1e-14)
      // Of a logarithm of 1e-16 that is 1e-12 of itself.
      expect(distanceOfLog(logBound, exactBound(series, constants).sum)).toBeLessThan(1e-28)
    },
  )

  it('is right to 1e-14 after a million steps that expand by e^1,000,000', () => {
    const rates = Array.from({ length: 7 }, (_, i) => Math.E - 1 + 0.01 * Math.sin(i))
    const alphas = Array.from({ length: 11 }, (_, i) => 0.5 + 0.4 * Math.cos(i))
    const series = Array.from({ length: 1_000_000 }, (_, t) => ({
      learningRate: rates[t % 7]!,
      alpha: alphas[t % 11]!,
    }))
    const constants = { lipschitz: 3, smoothness: 1, examples: 50_000 }
    const { logBound, bound, logContributions } = generalizationBound(series, constants)
    const exact = exactBound(series, constants)
    expect(logBound).toBeGreaterThan(999_000)
    expect(bound).toBe(Infinity)
    expect(errorOfLog(logBound, exact.sum)).toBeLessThan(1e-14)
    for (const t of [0, 1, 2, 500_000, 999_998, 999_999]) {
      expect(errorOfLog(logContributions[t]!, exact.contributions[t]!)).toBeLessThan(1e-14)
    }
  }, 60_000)

  it.prop([someSteps, someConstants])(
    'is the same on the swift way and on the one for any size',
    (series, constants) => {
      const swift = generalizationBound(series, constants)
      const all = unrollColumns(columnsOf(series), constants)
      expect(swift.logBound).toBeAllClose(all.logBound, { rtol: 1e-15, atol: 0 })
      expect(swift.bound).toBeAllClose(all.bound, { rtol: 1e-15, atol: 0 })
      expect(swift.logContributions).toBeAllClose(all.logContributions, { rtol: 1e-15, atol: 0 })
    },
  )

  it.prop([someSteps, someConstants])('takes steps and columns alike', (series, constants) => {
    const columns = {
      learningRates: Float64Array.from(series, (step) => step.learningRate),
      alphas: Float64Array.from(series, (step) => step.alpha),
    }
    expect(generalizationBound(columns, constants)).toEqual(generalizationBound(series, constants))
    const longer = { ...columns, alphas: new Float64Array(series.length + 1) }
    expect(() => generalizationBound(longer, constants)).toThrow(/required an α for each of/)
    const wrong = { ...columns, alphas: columns.alphas.map(() => 2) }
    if (series.length > 0) expect(() => generalizationBound(wrong, constants)).toThrow(/0 ≤ α ≤ 1, found 2 at step 1/)
  })

  it.prop([someSteps, someConstants])('is what it grows to step by step', (series, constants) => {
    let state = noSteps
    for (const step of series) state = extendBound(state, step, constants.smoothness)
    const grown = boundSoFar(JSON.parse(JSON.stringify(state)) as typeof state, constants)
    const { logBound, bound } = generalizationBound(series, constants)
    expect(grown.logBound).toBeAllClose(logBound, { rtol: 1e-14, atol: 0 })
    expect(grown.bound).toBeAllClose(bound, { rtol: 1e-14, atol: 0 })
    expect(state.steps).toBe(series.length)
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
    expect(result.bound).toBeAllClose(1, { rtol: 1e-15 })
    expect(result.logContributions.map(Math.exp)).toBeAllClose([8 / 9, 1 / 9], { rtol: 1e-14 })
  })

  it('is 0 without steps, with perfect coherence, without learning and without slope', () => {
    const step = { learningRate: 0.1, alpha: 0.5 }
    expect(generalizationBound([], ones)).toEqual({
      logBound: -Infinity,
      bound: 0,
      logContributions: new Float64Array(0),
    })
    for (const series of [
      [{ ...step, alpha: 1 }],
      [
        { ...step, learningRate: 0 },
        { learningRate: 0, alpha: 1 },
      ],
    ]) {
      const { bound, logBound, logContributions } = generalizationBound(series, ones)
      expect([bound, logBound]).toEqual([0, -Infinity])
      expect(logContributions.every((each) => each === -Infinity)).toBe(true)
    }
    expect(generalizationBound([step, step], { ...ones, lipschitz: 0 }).bound).toBe(0)
  })

  it('keeps a small last part beside a huge expansion that nothing came before', () => {
    const series = [
      ...Array.from({ length: 2000 }, () => ({ learningRate: 10, alpha: 1 })),
      { learningRate: 1e-5, alpha: 0.5 },
    ]
    expect(generalizationBound(series, ones).bound).toBeAllClose(1e-5, { rtol: 1e-15, atol: 0 })
    const reversed = generalizationBound(series.toReversed(), ones)
    expect(reversed.logBound).toBeAllClose(2000 * Math.log(11) - 5 * Math.LN10, { rtol: 1e-14, atol: 0 })
  })

  it.each([
    [{ learningRate: 0.1, alpha: 1.0000001 }, /required 0 ≤ α ≤ 1, found 1\.0000001 at step 2/],
    [{ learningRate: 0.1, alpha: -0.1 }, /required 0 ≤ α ≤ 1, found -0\.1 at step 2/],
    [{ learningRate: 0.1, alpha: NaN }, /required 0 ≤ α ≤ 1, found NaN at step 2/],
    [{ learningRate: -1, alpha: 0 }, /learning rate ≥ 0, found -1 at step 2/],
    [{ learningRate: Infinity, alpha: 0 }, /learning rate ≥ 0, found Infinity at step 2/],
  ])('refuses the step %o', (step, message) => {
    const first = { learningRate: 0, alpha: 0 }
    expect(() => generalizationBound([first, step], ones)).toThrow(message)
    expect(() => extendBound(extendBound(noSteps, first, 1), step, 1)).toThrow(message)
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

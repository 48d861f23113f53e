import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import { generalizationBound, layerwiseBound, type BoundConstants, type LayerwiseStep } from './index.ts'

const constants: BoundConstants = { lipschitz: 2, smoothness: 1, examples: 50 }

const someLayers = fc.integer({ min: 1, max: 5 }).chain((layers) =>
  fc.array(
    fc.record({
      learningRate: fc.double({ min: 1e-3, max: 1, noNaN: true }),
      layers: fc
        .array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), alpha: fc.integer({ min: 0, max: 100 }) }), {
          minLength: layers,
          maxLength: layers,
        })
        .map((drawn) => {
          const sum = drawn.reduce((total, { weight }) => total + weight, 0)
          return drawn.map(({ weight, alpha }) => ({ share: weight / sum, alpha: alpha / 100 }))
        }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
)

/** α = Σ_l w_l α_l, Theorem 7. */
function whole(series: readonly LayerwiseStep[]): { learningRate: number; alpha: number }[] {
  return series.map(({ learningRate, layers }) => ({
    learningRate,
    alpha: Math.min(
      1,
      layers.reduce((sum, { share, alpha }) => sum + share * alpha, 0),
    ),
  }))
}

describe('layerwiseBound', () => {
  it.prop([someLayers])('is Theorem 1 together, and above it apart', (series) => {
    const { together, apart } = layerwiseBound(series, constants)
    const { bound } = generalizationBound(whole(series), constants)
    expect(together.bound).toBeAllClose(bound, { rtol: 1e-6, atol: 1e-4 })
    expect(apart.bound).toBeGreaterThanOrEqual(together.bound * (1 - 1e-12))
  })

  it.prop([someLayers])('is apart the sum of its layers’ parts', (series) => {
    const { apart, logParts } = layerwiseBound(series, constants)
    expect(logParts.reduce((sum, log) => sum + Math.exp(log), 0)).toBeAllClose(apart.bound, { rtol: 1e-12, atol: 0 })
  })

  it('has a weighted mean of roots below it, which bounds nothing', () => {
    // g is (u, 0) or (−u, 0) with the same third coordinate v: the layers' α are 0 and 1, their shares u² and v².
    const [u, v] = [0.6, 0.8]
    const layers = [
      { share: u * u, alpha: 0 },
      { share: v * v, alpha: 1 },
    ]
    const root = ({ share, alpha }: { share: number; alpha: number }): number => share * Math.sqrt(2 * (1 - alpha))
    const mean = layers.map(root).reduce((sum, each) => sum + each, 0)
    // E‖g − g′‖ over independent pairs: half of them are equal, the others 2u apart; E‖g‖² is 1.
    const distance = u
    const { together, apart } = layerwiseBound([{ learningRate: 1, layers }], {
      ...constants,
      lipschitz: 1,
      examples: 1,
    })
    expect(mean).toBeLessThan(distance)
    expect(together.bound).toBeAllClose(Math.sqrt(2) * u, { rtol: 1e-14 })
    expect(together.bound).toBeGreaterThan(distance)
    expect(apart.bound).toBeGreaterThanOrEqual(together.bound)
  })

  it.prop([someLayers])('lies above the weighted mean of roots, always', (series) => {
    for (const { layers } of series) {
      const mean = layers.reduce((sum, { share, alpha }) => sum + share * Math.sqrt(2 * (1 - alpha)), 0)
      const term = Math.sqrt(2 * layers.reduce((sum, { share, alpha }) => sum + share * (1 - alpha), 0))
      expect(mean).toBeLessThanOrEqual(term * (1 + 1e-12))
    }
  })

  it.each([
    [[{ share: 0.5, alpha: 0.5 }], /shares that add up to 1, found 0\.5 at step 1/],
    [
      [
        { share: -0.5, alpha: 0.5 },
        { share: 1.5, alpha: 0.5 },
      ],
      /shares ≥ 0, found -0\.5 at step 1/,
    ],
    [[{ share: 1, alpha: 2 }], /0 ≤ α ≤ 1, found 2 at step 1/],
    [[], /1 layers at every step, found 0 at step 1/],
  ])('refuses the layers %o', (layers, message) => {
    expect(() => layerwiseBound([{ learningRate: 1, layers }], constants)).toThrow(message)
  })

  it('refuses another number of layers later on, and is 0 without steps', () => {
    const one = { share: 1, alpha: 0.5 }
    const series = [
      { learningRate: 1, layers: [one] },
      { learningRate: 1, layers: [one, { share: 0, alpha: 0 }] },
    ]
    expect(() => layerwiseBound(series, constants)).toThrow(/1 layers at every step, found 2 at step 2/)
    expect(layerwiseBound([], constants).apart.bound).toBe(0)
  })
})

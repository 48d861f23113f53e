import { fc, it } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect, expectTypeOf } from 'vitest'
import { fillProbes, generalizationBound, labelsOf, probedBound, type BoundConstants } from './index.ts'

const constants: BoundConstants = { lipschitz: 1, smoothness: 2, examples: 100 }
const rates = [0.1, 0.2, 0.3, 0.4]
const probes = [
  { step: 2, alpha: 0.5 },
  { step: 3, alpha: 0.25 },
]

const alphasOf = (between: 'zero' | 'hold'): number[] =>
  fillProbes(rates, probes, { between }).steps.map((step) => step.alpha)

describe('fillProbes', () => {
  it('takes α = 0, or the last that was measured, where nobody measured', () => {
    expect(alphasOf('zero')).toEqual([0, 0.5, 0.25, 0])
    expect(alphasOf('hold')).toEqual([0, 0.5, 0.25, 0.25])
    expect(fillProbes(rates, probes, { between: 'zero' })).toMatchObject({ filled: 2, clamped: 0 })
  })

  it('counts a debiased α below 0 as 0, and says how many', () => {
    const debiased = { between: 'zero', alphaIs: 'debiased', measuredOn: 11 } as const
    const filled = fillProbes(rates, [{ step: 1, alpha: -0.1 }, ...probes], debiased)
    expect(filled).toMatchObject({ filled: 1, clamped: 1 })
    expect(filled.steps[0]).toEqual({ learningRate: 0.1, alpha: 0 })
    expect(() => fillProbes(rates, [{ step: 1, alpha: -0.11 }], debiased)).toThrow(
      /required -0\.1 ≤ α ≤ 1, found -0\.11/,
    )
    expect(() => fillProbes(rates, [{ step: 1, alpha: -0.01 }], { between: 'zero' })).toThrow(/required 0 ≤ α ≤ 1/)
  })

  it.each([
    [[{ step: 1, alpha: 1.5 }], /required 0 ≤ α ≤ 1, found 1\.5 at step 1/],
    [[{ step: 1, alpha: NaN }], /found NaN at step 1/],
    [[{ step: 0, alpha: 0.5 }], /rising steps from 1 to 4, found step 0/],
    [[{ step: 5, alpha: 0.5 }], /rising steps from 1 to 4, found step 5/],
    [[{ step: 1.5, alpha: 0.5 }], /found step 1\.5/],
    [[probes[1]!, probes[0]!], /rising steps from 1 to 4, found step 2 after step 3/],
    [[probes[0]!, probes[0]!], /rising steps from 1 to 4, found step 2 after step 2/],
  ])('refuses the probes %o', (bad, message) => {
    expect(() => fillProbes(rates, bad, { between: 'zero' })).toThrow(message)
  })

  it('refuses a negative learning rate and an m that can’t be debiased', () => {
    expect(() => fillProbes([0.1, -0.1], [], { between: 'zero' })).toThrow(/learning rate ≥ 0, found -0\.1 at step 2/)
    const one = { between: 'zero', alphaIs: 'debiased', measuredOn: 1 } as const
    expect(() => fillProbes(rates, probes, one)).toThrow(/required a debiased α of m ≥ 2 examples, found m = 1/)
  })
})

describe('probedBound', () => {
  const scattered = fc
    .array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 2 }), { maxLength: 20 })
    .map((alphas) => ({
      learningRates: alphas.map((_, i) => 0.1 + 0.01 * (i % 3)),
      probes: alphas.flatMap((alpha, i) => (alpha === undefined ? [] : [{ step: i + 1, alpha }])),
    }))

  it.prop([scattered])(
    'with zeros is never below what any α in between would give',
    ({ learningRates, probes: some }) => {
      const zero = probedBound(learningRates, some, constants, { between: 'zero' })
      const hold = probedBound(learningRates, some, constants, { between: 'hold' })
      expect(zero.bound).toBeGreaterThanOrEqual(hold.bound)
      expect(zero.bound).toBe(generalizationBound(zero.steps, constants).bound)
      expect(zero.filled).toBe(learningRates.length - some.length)
    },
  )

  it('says in its type what the steps between make of it', () => {
    const zero = probedBound(rates, probes, constants, { between: 'zero' })
    const hold = probedBound(rates, probes, constants, { between: 'hold' })
    expectTypeOf(zero.standing).toEqualTypeOf<'bound'>()
    expectTypeOf(hold.standing).toEqualTypeOf<'estimate'>()
    expect([zero.standing, hold.standing]).toEqual(['bound', 'estimate'])
  })

  it('labels what keeps it from being a bound', () => {
    const kinds = (options: Parameters<typeof probedBound<'zero' | 'hold'>>[3]): string[] =>
      probedBound(rates, probes, constants, options).labels.map((label) => label.kind)
    expect(kinds({ between: 'zero', alphaIs: 'distribution' })).toEqual([])
    expect(kinds({ between: 'zero' })).toEqual(['under-estimate'])
    expect(kinds({ between: 'hold' })).toEqual(['under-estimate', 'estimate'])
    expect(kinds({ between: 'hold', alphaIs: 'debiased', constants: 'estimated' })).toEqual([
      'estimate',
      'estimate',
      'estimate',
    ])
    expect(labelsOf({ alphaIs: 'distribution', between: 'hold', filled: 0, constants: 'given' })).toEqual([])
  })
})

import { fc, test } from '@fast-check/vitest'
import '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { normalQuantile } from './normal-quantile.ts'
import { studentTQuantile } from './student-t-quantile.ts'

describe('studentTQuantile', () => {
  it.each([
    [0.025, 5, -2.5705818356363155],
    [0.5, 7, 0],
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749464],
    [0.975, 3, 3.182446305283708],
    [0.95, 4, 2.131846786326649],
    [0.995, 9, 3.249835541592138],
    [0.975, 10, 2.228138851964939],
    [0.975, 29, 2.045229642132703],
    [0.975, 99, 1.9842169515086827],
    [0.975, 999, 1.9623414611334487],
  ])('of %d with %d degrees of freedom is %d', (p, freedom, t) => {
    expect(studentTQuantile(p, freedom)).toBeAllClose(t, { rtol: 1e-9 })
  })

  test.prop([fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 400 })])(
    'is odd around one half, and wider than the normal one',
    (p, freedom) => {
      const t = studentTQuantile(p, freedom)
      expect(studentTQuantile(1 - p, freedom)).toBeAllClose(-t, { rtol: 1e-9, atol: 1e-12 })
      expect(Math.abs(t)).toBeGreaterThanOrEqual(Math.abs(normalQuantile(p)) * (1 - 1e-12))
    },
  )

  test.prop([fc.double({ min: 0.51, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 400 })])(
    'falls with the degrees of freedom, also where the way of computing changes',
    (p, freedom) => {
      const [one, next] = [studentTQuantile(p, freedom), studentTQuantile(p, freedom + 1)]
      expect(next).toBeLessThan(one)
      if (freedom === 199) expect(next).toBeAllClose(one, { rtol: 1e-3 })
    },
  )

  it.each([0.6, 0.9, 0.975, 0.999])('takes no step where the way of computing changes: %d', (p) => {
    const [a, b, c] = [198, 199, 200].map((freedom) => studentTQuantile(p, freedom)) as [number, number, number]
    expect((b - c) / (a - b)).toBeAllClose(198 / 200, { rtol: 1e-3 })
  })

  it('refuses half a degree of freedom and what is no probability', () => {
    expect(() => studentTQuantile(0.975, 2.5)).toThrow(/whole number of degrees of freedom ≥ 1, found 2.5/)
    expect(() => studentTQuantile(1, 2)).toThrow(/required 0 < p < 1, found 1/)
  })
})

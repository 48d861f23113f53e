import { alphaInterval } from '@coherent-gradients/coherence'
import { describe, expect, it } from 'vitest'
import { intervalOf } from './interval-of.ts'
import { reading } from './reading.ts'
import type { MeasuredScope } from './scopes-of.ts'

/** A measurement whose m·α has the given interval, of which it is the middle. */
function scope(m: number, [low, high]: readonly [number, number]): MeasuredScope {
  const mAlpha = (low + high) / 2
  const debiased = (x: number): number => (x - 1) / (m - 1)
  return {
    name: 'all',
    m,
    alpha: mAlpha / m,
    alphaDebiased: debiased(mAlpha),
    mAlpha,
    meanSquaredNorm: 1,
    squaredNormOfMean: mAlpha / m,
    share: 1,
    standardError: null,
    interval: { estimate: debiased(mAlpha), low: debiased(low), high: debiased(high), standardError: 0 },
  }
}

describe('reading', () => {
  it.each<[string, MeasuredScope, MeasuredScope | undefined, RegExp]>([
    ['shared', scope(100, [8, 12]), scope(100, [1, 1.2]), /about 10 of the 100, .* is shared by many examples\.$/],
    ['hardly shared', scope(100, [1.5, 2.5]), scope(100, [0.8, 1.2]), /though not by much more than by chance\.$/],
    ['not told apart', scope(100, [0.5, 1.5]), scope(100, [0.8, 1.2]), /can be told apart from chance/],
    ['opposed', scope(100, [0.1, 0.5]), undefined, /the examples work against each other\.$/],
    ['no scale', scope(100, [0.5, 1.5]), scope(100, [20, 40]), /which is no scale here: .* can be told apart/],
    ['without a twin', scope(100, [8, 12]), undefined, /^Each example helps about 10 .* shared by many examples\.$/],
    ['one example', { ...scope(2, [1, 1]), m: 1 }, undefined, /^One example alone always has α = 1/],
    ['two examples', { ...scope(2, [1, 1]), interval: null }, undefined, /^Two examples have no interval/],
    ['no gradient', { ...scope(9, [1, 1]), meanSquaredNorm: 0 }, undefined, /^Every gradient is zero/],
  ])('says it: %s', (_, whole, shuffled, said) => {
    expect(reading(whole, shuffled)).toMatch(said)
  })
})

describe('intervalOf', () => {
  it('is the debiased α’s interval in examples, inside [0, m]', () => {
    const projections = { squaredNorms: [1, 1, 4, 2], dots: [2, 2, 5, 3] }
    const interval = alphaInterval(projections)!
    const whole = { ...scope(4, [1, 2]), interval }
    const [low, high] = intervalOf(whole)!
    expect(low).toBe(Math.max(0, 1 + 3 * interval.low))
    expect(high).toBe(Math.min(4, 1 + 3 * interval.high))
    expect(intervalOf({ ...whole, interval: null })).toBeNull()
  })
})

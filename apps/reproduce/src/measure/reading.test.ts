import { alphaInterval } from '@coherent-gradients/coherence'
import { fc, test } from '@fast-check/vitest'
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

const unit = fc.double({ min: 0, max: 1, noNaN: true })

describe('reading', () => {
  it.each<[string, MeasuredScope, MeasuredScope | undefined, RegExp]>([
    [
      'shared',
      scope(100, [8, 12]),
      scope(100, [1, 1.2]),
      /about 10 of the 100, .* \(95% interval 8 to 12\)\. That is above 1, .* shared among examples\. .* 1\.1, below the interval, so most of the help/,
    ],
    [
      'hardly shared',
      scope(100, [1.5, 2.5]),
      scope(100, [0.8, 1.2]),
      /perhaps by few\. .* is 1, below the interval, so part of/,
    ],
    [
      'not by what labels mean',
      scope(400, [4.2, 15]),
      scope(400, [6, 6.6]),
      /4\.2 to 15\)\. That is above 1, .* is 6\.3, inside the interval, so help that comes from what the labels mean can't be told apart from help that any labels give\.$/,
    ],
    [
      'none',
      scope(100, [0.5, 1.5]),
      scope(100, [0.8, 1.2]),
      /The interval holds 1, .* apart from none, and what is left .* is 1, inside the interval as well\.$/,
    ],
    ['none so far', scope(100, [0, 9]), scope(100, [0.8, 1.2]), /apart from none; more examples would narrow it\./],
    [
      'gone',
      scope(4, [0, 0]),
      undefined,
      /^The gradients cancel one another: .* no example \(95% interval 0 to 0\)\. That/,
    ],
    ['opposed', scope(100, [0.1, 0.5]), undefined, /That is below 1, .* the examples work against each other\.$/],
    [
      'opposed less',
      scope(100, [0.4, 0.6]),
      scope(100, [0.1, 0.3]),
      /against each other\. .* is 0\.2, below the interval\.$/,
    ],
    ['no scale', scope(100, [0.5, 1.5]), scope(100, [20, 40]), /is 30, above the interval, .* 1 is the scale then\.$/],
    ['without a twin', scope(100, [8, 12]), undefined, /^Each example helps about 10 .* shared among examples\.$/],
    [
      'alike in nothing, but for rounding',
      scope(100, [1 + 1e-9, 1 + 1e-9]),
      undefined,
      /interval 1 to 1\)\. The interval holds 1/,
    ],
    ['three', scope(3, [0, 3]), scope(3, [1, 2]), /narrow it\. .* as well\. So few examples tell little\.$/],
    ['three alike', scope(3, [3, 3]), undefined, /3 of the 3, .* above 1, .* So few/],
    ['one example', { ...scope(2, [1, 1]), m: 1 }, undefined, /^One example alone always has α = 1/],
    ['two examples', { ...scope(2, [1, 1]), interval: null }, undefined, /^Two examples have no interval/],
    ['two batches', { ...scope(200, [1, 1]), interval: null }, undefined, /^Two batches have no interval/],
    ['no gradient', { ...scope(9, [1, 1]), meanSquaredNorm: 0 }, undefined, /^Every gradient is zero/],
  ])('says it: %s', (_, whole, shuffled, said) => {
    expect(reading(whole, shuffled)).toMatch(said)
    expect(reading(whole, shuffled)).not.toMatch(/:.*:/)
  })

  test.prop([fc.integer({ min: 3, max: 999 }), fc.tuple(unit, unit), unit])(
    'never says of an interval what its ends deny',
    (m, ends, twin) => {
      const [low, high] = ends.toSorted((a, b) => a - b).map((x) => x ** 3 * m) as [number, number]
      const said = reading(scope(m, [low, high]), scope(m, [twin ** 3 * m, twin ** 3 * m]))
      const [from, to] = /interval ([\d.]+) to ([\d.]+)\)/.exec(said)!.slice(1).map(Number) as [number, number]
      const scale = Number(/shuffled labels it is ([\d.]+),/.exec(said)![1])
      expect(said.includes('That is above 1')).toBe(from > 1)
      expect(said.includes('That is below 1')).toBe(to < 1)
      expect(said.includes('The interval holds 1')).toBe(from <= 1 && to >= 1)
      expect(said.includes('inside the interval')).toBe(from <= scale && scale <= to)
    },
  )
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

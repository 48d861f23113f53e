import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { derive } from './derive.ts'
import { fillNormals } from './fill-normals.ts'
import { keyOf } from './key-of.ts'
import { normals } from './normals.ts'
import { randomStream } from './random-stream.ts'
import { digest, distanceFromUniform, moments, normalProbability } from './statistics-of-draws.test-support.ts'
import { uniformIntegers } from './uniform-integers.ts'
import { uniforms } from './uniforms.ts'

const N = 100_000
/** Kolmogorov and Smirnov's distance that chance exceeds once in about 10⁵ fixed keys. */
const KS = 2.47 / Math.sqrt(N)

describe('randomStream', () => {
  test.prop([fc.integer(), fc.nat(50), fc.nat(50)])(
    'arrays are the beginning of the stream, of any length',
    (seed, a, b) => {
      const key = keyOf(seed)
      const [short, long] = a < b ? [a, b] : [b, a]
      expect(uniforms(key, long).slice(0, short)).toEqual(uniforms(key, short))
      expect(normals(key, long).slice(0, short)).toEqual(normals(key, short))
      const stream = randomStream(key)
      expect(uniforms(key, long)).toEqual(Float64Array.from({ length: long }, () => stream.uniform()))
    },
  )

  test.prop([fc.integer(), fc.integer({ min: 1, max: 2 ** 32 })])('integers stay below their bound', (seed, below) => {
    for (const drawn of uniformIntegers(keyOf(seed), 20, below)) expect(drawn).toBeLessThan(below)
  })

  test.each([0, -1, 1.5, 2 ** 32 + 1, NaN])('refuses integers below %d', (below) => {
    expect(() => uniformIntegers(keyOf(0), 1, below)).toThrow(`required an integer in [1, 2³²], found ${below}`)
  })

  test('uniform numbers are uniform, uncorrelated with the next, and never 1', () => {
    const drawn = uniforms(keyOf('uniform'), N)
    expect(Math.max(...moments(drawn).range)).toBeLessThan(1)
    expect(distanceFromUniform(drawn)).toBeLessThan(KS)
    let lagged = 0
    for (let i = 1; i < N; i++) lagged += ((drawn[i] as number) - 0.5) * ((drawn[i - 1] as number) - 0.5)
    expect(Math.abs((12 * lagged) / N)).toBeLessThan(5 / Math.sqrt(N))
  })

  test('normal numbers have the moments and the distribution of a normal', () => {
    const drawn = normals(keyOf('normal'), N)
    const { mean, variance, skewness, kurtosis } = moments(drawn)
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(N))
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / N))
    expect(Math.abs(skewness)).toBeLessThan(5 * Math.sqrt(6 / N))
    expect(Math.abs(kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / N))
    expect(distanceFromUniform(drawn.map(normalProbability))).toBeLessThan(KS)
  })

  test('siblings are uncorrelated: the first number of each example’s own key is uniform', () => {
    const first = Float64Array.from({ length: N }, (_, id) => uniforms(derive(keyOf('siblings'), id), 1)[0] as number)
    expect(distanceFromUniform(first)).toBeLessThan(KS)
  })

  test.each([3, 10, 1000, 3 * 2 ** 30])('integers below %d fall evenly: chi-square over ten bins', (below) => {
    const bins = Math.min(below, 10)
    const counts = new Float64Array(bins)
    const expected = new Float64Array(bins)
    for (let bin = 0; bin < bins; bin++) {
      expected[bin] = (N * (Math.ceil(((bin + 1) * below) / bins) - Math.ceil((bin * below) / bins))) / below
    }
    for (const drawn of uniformIntegers(keyOf(below), N, below)) {
      const bin = Math.floor((drawn * bins) / below)
      counts[bin] = (counts[bin] as number) + 1
    }
    const chiSquare = counts.reduce(
      (sum, n, i) => sum + (n - (expected[i] as number)) ** 2 / (expected[i] as number),
      0,
    )
    expect(chiSquare).toBeLessThan(40) // 9 degrees of freedom: once in 10⁵
  })

  test('fillNormals scales, shifts and rounds once', () => {
    const scaled = fillNormals(keyOf(5), new Float32Array(100), { mean: 3, standardDeviation: 0.5 })
    expect(scaled).toEqual(Float32Array.from(normals(keyOf(5), 100), (z) => 3 + 0.5 * z))
  })

  test('is pinned: these bytes never change', () => {
    const key = keyOf('golden')
    expect([...uniforms(key, 3)]).toMatchInlineSnapshot(`
      [
        0.004180733328441377,
        0.47809439053206393,
        0.5214175894948536,
      ]
    `)
    expect([...normals(key, 3)]).toMatchInlineSnapshot(`
      [
        -2.637114242377014,
        -0.05493684130861613,
        0.053711750201250325,
      ]
    `)
    expect([...uniformIntegers(key, 8, 10)]).toMatchInlineSnapshot(`
      [
        2,
        0,
        1,
        3,
        4,
        4,
        7,
        8,
      ]
    `)
    expect(digest(uniforms(key, N))).toMatchInlineSnapshot(
      `"591d25ea8f9023280af7484f01c56236ee4769e9eca075369462788fd60b759b"`,
    )
    expect(digest(normals(key, N))).toMatchInlineSnapshot(
      `"a8a2af660554af8563d40edfa7a40b2c02244d2c6d6414e1d36db9d1adde670f"`,
    )
    expect(digest(fillNormals(key, new Float32Array(N)))).toMatchInlineSnapshot(
      `"1aee526f827ec8e3f0b6b7e0e8c3bcc0f737e67b0bce8aa0030e060115e9fed1"`,
    )
  })
})

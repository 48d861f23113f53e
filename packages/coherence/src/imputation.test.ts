import { derive, keyOf, randomStream } from '@coherent-gradients/core'
import { loadReference, nastyStacks, nonZero, stacks } from '@coherent-gradients/testkit'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  alpha,
  alphaDebiased,
  alphaInterval,
  imputeAlpha,
  imputedAlpha,
  imputedAlphaInterval,
  imputedOrthogonalLimit,
  projectionsOfRows,
  statisticOfRows,
  type GradientNorms,
} from './index.ts'
import { dot, mean, sum, type Stack } from './twins.test-support.ts'

const close = { rtol: 1e-9, atol: 1e-9 }

const meanOf = (rows: Stack): number[] => rows[0]!.map((_, j) => mean(rows.map((row) => row[j]!)))

/** Every list of k of the rows, with replacement. */
function tuples(rows: Stack, k: number): Stack[] {
  return k === 0 ? [[]] : tuples(rows, k - 1).flatMap((some) => rows.map((row) => [...some, row]))
}

/** Every set of k of the rows. */
function subsets(rows: Stack, k: number): Stack[] {
  if (k === 0) return [[]]
  return rows.flatMap((row, i) => subsets(rows.slice(i + 1), k - 1).map((some) => [row, ...some]))
}

describe('imputeAlpha', () => {
  it.prop([stacks({ rows: { min: 1, max: 4 } }), fc.integer({ min: 1, max: 3 })])(
    'is exact where the batches are all that a population has',
    (rows, k) => {
      const batches = statisticOfRows(tuples(rows, k).map(meanOf))
      expect(imputeAlpha(alpha(batches), k)).toBeAllClose(alpha(statisticOfRows(rows)), close)
    },
  )

  it.prop([fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.nat(99)])(
    'rises, from above −1/(k − 1) to 1',
    (a, b, less) => {
      const k = less + 1
      const [low, high] = [imputeAlpha(Math.min(a, b), k), imputeAlpha(Math.max(a, b), k)]
      expect(low).toBeLessThanOrEqual(high)
      expect(high).toBeLessThanOrEqual(1)
      if (k > 1) expect(low).toBeGreaterThan(-1 / (k - 1))
    },
  )

  it('has its fixed points, and refuses what is no α_B and no k', () => {
    for (const k of [1, 2, 50]) expect([imputeAlpha(0, k), imputeAlpha(1, k)]).toEqual([0, 1])
    for (const found of [1.1, Number.NaN, -Infinity]) {
      expect(() => imputeAlpha(found, 2)).toThrow(/required a finite α_B of at most 1, found/)
    }
    for (const k of [0, -1, 1.5, Number.NaN]) expect(() => imputeAlpha(0.5, k)).toThrow(/whole number k ≥ 1.*found/)
  })
})

describe('imputedAlpha', () => {
  const sizes = fc.constantFrom([2, 1], [2, 2], [2, 3], [3, 2], [3, 1])

  it.prop([sizes.chain(([batches, k]) => fc.tuple(stacks({ rows: batches! * k! }), fc.constant(k!)))])(
    'gives the α of a sample that is split into batches, over all splits',
    ([rows, k]) => {
      const m = rows.length
      const batches = m / k
      const ofBatches = mean(subsets(rows, k).map((some) => dot(meanOf(some), meanOf(some))))
      const ofMean = dot(meanOf(rows), meanOf(rows))
      const statistic: GradientNorms = {
        m: batches,
        blocks: [
          {
            name: 'w',
            layer: 'w',
            sumOfSquaredNorms: batches * ofBatches,
            squaredNormOfSum: batches ** 2 * Math.min(ofMean, ofBatches),
          },
        ],
      }
      const imputed = imputedAlpha(statistic, k)
      // Batches whose gradients all cancel tell nothing of gradients that don't.
      if (ofBatches <= 1e-9 * mean(rows.map((row) => dot(row, row)))) return
      expect(imputed.m).toBe(m)
      expect(imputed.alpha!).toBeAllClose(alpha(statisticOfRows(rows)), { rtol: 1e-6, atol: 1e-6 })
      expect(imputed.alphaDebiased!).toBeAllClose(alphaDebiased(statisticOfRows(rows))!, { rtol: 1e-6, atol: 1e-6 })
      const f = (m - k) / (k * (m - 1))
      const { alphaOfBatches } = imputed
      const byPartition = (alphaOfBatches * f) / (1 - alphaOfBatches * (1 - f))
      expect(imputed.alpha!).toBeAllClose(byPartition, { rtol: 1e-6, atol: 1e-6 })
    },
  )

  it.prop([stacks({ rows: { min: 2, max: 8 } })])('is that of the rows themselves at k = 1', (rows) => {
    const statistic = statisticOfRows(rows)
    const imputed = imputedAlpha(statistic, 1)
    expect([imputed.plugIn, imputed.alpha!]).toBeAllClose([alpha(statistic), alpha(statistic)], close)
    expect(imputed.alphaDebiased!).toBeAllClose(alphaDebiased(statistic)!, close)
  })

  it.prop([stacks({ rows: { min: 2, max: 8 } }), nonZero(), fc.integer({ min: 1, max: 99 })])(
    'ignores a common scale, and lies between 0 and 1',
    (rows, c, k) => {
      const imputed = imputedAlpha(statisticOfRows(rows), k)
      const scaled = imputedAlpha(statisticOfRows(rows.map((row) => row.map((x) => c * x))), k)
      expect(scaled.alpha!).toBeAllClose(imputed.alpha!, { rtol: 1e-6, atol: 1e-9 })
      expect(imputed.alpha!).toBeGreaterThanOrEqual(0)
      expect(imputed.alpha!).toBeLessThanOrEqual(1)
      expect(imputed.plugIn).toBeGreaterThanOrEqual(imputed.alphaDebiased!)
    },
  )

  it.each([
    [2, 50, 1.96],
    [4, 3, 1.2],
    [50, 20, 1.02],
    [2, 1, 1],
  ])('of %i orthogonal batches of %i has 1/m where plain imputation has %f/m', (batches, k, plain) => {
    const orthogonal = Array.from({ length: batches }, (_, i) =>
      Array.from({ length: batches }, (__, j) => (i === j ? 3 : 0)),
    )
    const { m, plugIn, alphaDebiased: debiased, mAlpha } = imputedAlpha(statisticOfRows(orthogonal), k)
    expect(m * plugIn).toBeCloseTo(plain, 2)
    expect(plugIn).toBeAllClose(imputedOrthogonalLimit(batches, k), close)
    expect(debiased!).toBeAllClose(0, close)
    expect(mAlpha!).toBeAllClose(1, close)
  })

  it('is 1 where all batches agree, and says what it can where they don’t', () => {
    const equal = imputedAlpha(
      statisticOfRows([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      20,
    )
    expect(equal).toMatchObject({ m: 60, alphaOfBatches: 1, plugIn: 1, alphaDebiased: 1, alpha: 1, mAlpha: 60 })
    const cancelling = imputedAlpha(statisticOfRows([[1], [-1]]), 5)
    expect(cancelling).toMatchObject({ alphaOfBatches: 0, plugIn: 0, alpha: 0 })
    expect(cancelling.alphaDebiased!).toBeCloseTo(-1 / 9)
    const none = imputedAlpha(statisticOfRows([[0], [0]]), 5)
    expect(none).toMatchObject({ alphaOfBatches: 0, plugIn: 0, alphaDebiased: 0, alpha: 0, mAlpha: 0 })
    const single = imputedAlpha(statisticOfRows([[1, 2]]), 5)
    expect(single).toMatchObject({ alphaOfBatches: 1, plugIn: 1, alphaDebiased: null, alpha: null, mAlpha: null })
  })

  it('measures the weights that are chosen', () => {
    const statistic: GradientNorms = {
      m: 3,
      blocks: [
        { name: 'a', layer: 'a', sumOfSquaredNorms: 3, squaredNormOfSum: 9 },
        { name: 'b', layer: 'b', sumOfSquaredNorms: 3, squaredNormOfSum: 3 },
      ],
    }
    expect(imputedAlpha(statistic, 4, ({ name }) => name === 'a').alpha).toBe(1)
    expect(imputedAlpha(statistic, 4, ({ name }) => name === 'b').alphaDebiased!).toBeAllClose(0, close)
    expect(() => imputedAlpha(statistic, 0)).toThrow(/whole number k ≥ 1.*found 0/)
  })

  it('gives what the reference network has', () => {
    const { batches, batchSize, batchGradients, alphaImputed } =
      loadReference('conv-batchnorm').expected.trainModeBatchNorm!
    const statistic = statisticOfRows({ m: batches, data: batchGradients.data })
    expect(imputedAlpha(statistic, batchSize).plugIn).toBeAllClose(alphaImputed, { rtol: 1e-10 })
  })
})

describe('imputedAlphaInterval', () => {
  const some = stacks({ rows: { min: 3, max: 8 } })
    .map((rows) => rows.map((row) => row.map(Math.round)))
    .filter((rows) => rows.flat().some((x) => x !== 0))

  it.prop([some, fc.integer({ min: 1, max: 60 })])('is the batches’ own, transformed', (rows, k) => {
    const projections = projectionsOfRows(rows)
    const ofBatches = alphaInterval(projections)!
    const interval = imputedAlphaInterval(projections, k)!
    const back = (x: number): number => (k * x) / (1 + (k - 1) * x)
    const loose = { rtol: 1e-6, atol: 1e-6 }
    expect(interval.estimate).toBeAllClose(imputedAlpha(statisticOfRows(rows), k).alphaDebiased!, loose)
    expect(back(interval.low)).toBeAllClose(Math.min(1, ofBatches.low), loose)
    expect(back(interval.high)).toBeAllClose(Math.min(1, ofBatches.high), loose)
    expect(interval.low).toBeLessThanOrEqual(interval.estimate)
    expect(interval.high).toBeGreaterThanOrEqual(interval.estimate)
    if (k === 1) expect(interval.standardError).toBeAllClose(ofBatches.standardError, loose)
  })

  it.each(nastyStacks)('is finite on $name, and null only for fewer than three and zeros alone', ({ rows }) => {
    const interval = imputedAlphaInterval(projectionsOfRows(rows), 7)
    if (rows.length < 3 || rows.flat().every((x) => x === 0)) expect(interval).toBeNull()
    else expect(Object.values(interval!)).toSatisfy((values: number[]) => values.every(Number.isFinite))
  })

  /** How many of 300 intervals hold α: batches are means of k gradients, (s, 0, …) plus normal noise in p dimensions. */
  function coverage(batches: number, k: number, signal: number): number {
    const p = 20
    const truth = signal / (p + signal)
    const held = Array.from({ length: 300 }, (_, index) => {
      const stream = randomStream(derive(keyOf(`imputed ${batches} ${k} ${signal}`), index))
      const data = Float64Array.from(
        { length: batches * p },
        (__, e) => (e % p === 0 ? Math.sqrt(signal) : 0) + stream.normal() / Math.sqrt(k),
      )
      const { low, high } = imputedAlphaInterval(projectionsOfRows({ m: batches, data }), k)!
      return low <= truth && truth <= high ? 1 : 0
    })
    return sum(held) / held.length
  }

  it('holds the true α about as often as it says', () => {
    for (const [batches, k, signal] of [
      [3, 50, 1],
      [4, 5, 0],
      [4, 50, 1],
      [16, 5, 1],
      [16, 50, 0.2],
    ] as const) {
      expect(coverage(batches, k, signal)).toBeGreaterThan(0.92)
    }
  })

  it('refuses a k that is none', () => {
    expect(() => imputedAlphaInterval(projectionsOfRows([[1], [2], [3]]), 1.5)).toThrow(/whole number k ≥ 1.*found 1.5/)
  })
})

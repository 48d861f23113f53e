import { it } from '@fast-check/vitest'
import { loadReference, nastyStacks, nonZero, referenceNames, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  alpha,
  alphaDebiased,
  expectedPairwiseDot,
  gradientDiversity,
  meanPairwiseDot,
  meanSquaredNorm,
  monoid,
  simpleNoiseScale,
  statisticOfRows,
} from './index.ts'
import { distinctPairs, dot, independentPairs, mean, referenceRows, sum, type Stack } from './twins.test-support.ts'

/** The twins: pair by pair, and from the covariance itself. */
function byDefinition(rows: Stack): { diversity: number; noiseScale: number; independent: number; distinct: number } {
  const total = rows[0]!.map((_, j) => sum(rows.map((row) => row[j]!)))
  const center = total.map((x) => x / rows.length)
  const trace = mean(rows.map((row) => sum(row.map((x, j) => (x - center[j]!) ** 2))))
  return {
    diversity: sum(rows.map((row) => dot(row, row))) / dot(total, total),
    noiseScale: trace / dot(center, center),
    independent: mean(independentPairs(rows, dot)),
    distinct: mean(distinctPairs(rows, dot)),
  }
}

function holdsForEveryLaw(rows: Stack): void {
  const m = rows.length
  const statistic = statisticOfRows(rows)
  const a = alpha(statistic)
  const squared = meanSquaredNorm(statistic)
  // Pairs cancel: what is left is exact to rounding of the squared norms.
  const close = { rtol: 1e-9, atol: 1e-12 * squared }
  const twin = byDefinition(rows)

  expect(expectedPairwiseDot(statistic)).toBeAllClose(twin.independent, close)
  expect(expectedPairwiseDot(statistic)).toBeAllClose(a * squared, close)
  if (m === 1) expect(meanPairwiseDot(statistic)).toBeNull()
  else {
    expect(meanPairwiseDot(statistic)!).toBeAllClose(twin.distinct, close)
    expect(meanPairwiseDot(statistic)!).toBeAllClose(alphaDebiased(statistic)! * squared, close)
  }

  if (a < 1e-9) {
    expect(gradientDiversity(statistic)).toBeGreaterThan(1)
    return
  }
  expect(gradientDiversity(statistic)).toBeAllClose(1 / (m * a), { rtol: 1e-12 })
  expect(gradientDiversity(statistic)).toBeAllClose(twin.diversity, { rtol: 1e-6 })
  expect(gradientDiversity(statistic)).toBeGreaterThanOrEqual((1 / m) * (1 - 1e-12))
  expect(simpleNoiseScale(statistic)).toBeAllClose(twin.noiseScale, { rtol: 1e-5, atol: 1e-9 })
  expect(simpleNoiseScale(statistic)).toBeGreaterThanOrEqual(0)
}

describe('metrics from the two sums', () => {
  it.prop([stacks()])('equal their definitions, and stand to α as they should', holdsForEveryLaw)
  it.each(nastyStacks)('keep every law on $name', ({ rows }) => holdsForEveryLaw(rows))

  it.prop([stacks(), nonZero()])('scale as they should', (rows, c) => {
    const statistic = statisticOfRows(rows)
    const scaled = statisticOfRows(rows.map((row) => row.map((x) => c * x)))
    const atol = 1e-12 * meanSquaredNorm(scaled)
    expect(expectedPairwiseDot(scaled)).toBeAllClose(c ** 2 * expectedPairwiseDot(statistic), { rtol: 1e-9, atol })
    expect(meanPairwiseDot(scaled) ?? 0).toBeAllClose(c ** 2 * (meanPairwiseDot(statistic) ?? 0), { rtol: 1e-9, atol })
    if (alpha(statistic) < 1e-9) return
    expect(gradientDiversity(scaled)).toBeAllClose(gradientDiversity(statistic), { rtol: 1e-6 })
    expect(simpleNoiseScale(scaled)).toBeAllClose(simpleNoiseScale(statistic), { rtol: 1e-6, atol: 1e-9 })
  })

  it.each(referenceNames)('agree with the reference network %s', (name) => {
    const { expected } = loadReference(name)
    const statistic = statisticOfRows(referenceRows(name))
    const close = { rtol: 1e-9 }
    expect(expectedPairwiseDot(statistic)).toBeAllClose(expected.squaredNormOfMean, close)
    expect(meanPairwiseDot(statistic)!).toBeAllClose(expected.meanPairwiseDot, close)
    expect(gradientDiversity(statistic)).toBeAllClose(expected.gradientDiversity, close)
    expect(simpleNoiseScale(statistic)).toBeAllClose(expected.simpleNoiseScale, close)
  })

  it('have defined values where gradients cancel, are zero, orthogonal or equal', () => {
    for (const rows of [
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 2],
        [-1, -2],
      ],
    ]) {
      expect(gradientDiversity(statisticOfRows(rows))).toBe(Infinity)
      expect(simpleNoiseScale(statisticOfRows(rows))).toBe(Infinity)
    }
    const orthogonal = statisticOfRows([
      [2, 0],
      [0, 3],
    ])
    expect([gradientDiversity(orthogonal), simpleNoiseScale(orthogonal), meanPairwiseDot(orthogonal)]).toEqual([
      1, 1, 0,
    ])
    const equal = statisticOfRows([
      [2, 1],
      [2, 1],
    ])
    expect([gradientDiversity(equal), simpleNoiseScale(equal), meanPairwiseDot(equal)]).toEqual([0.5, 0, 5])
  })

  it('refuse an empty statistic', () => {
    for (const measure of [gradientDiversity, simpleNoiseScale, expectedPairwiseDot, meanPairwiseDot]) {
      expect(() => measure(monoid.empty)).toThrow(/required m ≥ 1, found 0/)
    }
  })
})

import { fc, it } from '@fast-check/vitest'
import { nastyStacks, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  alpha,
  alphaDebiased,
  gradientConfusion,
  gramOfRows,
  mCoherence,
  meanPairwiseCosine,
  meanSquaredNorm,
  statisticOfRows,
  stiffness,
} from './index.ts'
import { distance, distinctPairs, dot, independentPairs, mean, type Stack } from './twins.test-support.ts'

// Relations of docs/metrics.md that no other file holds.

const squaredDistance = (a: readonly number[], b: readonly number[]): number => distance(a, b) ** 2

function holdsForEveryLaw(rows: Stack): void {
  const m = rows.length
  const statistic = statisticOfRows(rows)
  const length = meanSquaredNorm(statistic)
  const close = { rtol: 1e-9, atol: 1e-9 * length }
  const expected = 2 * (1 - alpha(statistic)) * length
  expect(mean(independentPairs(rows, squaredDistance))).toBeAllClose(expected, close)
  if (m === 1) return
  const debiased = alphaDebiased(statistic)!
  expect(mean(distinctPairs(rows, squaredDistance))).toBeAllClose(2 * (1 - debiased) * length, close)
  const dots = distinctPairs(rows, dot)
  expect(debiased * length).toBeGreaterThanOrEqual(Math.min(...dots) - close.atol)
  expect(debiased * length).toBeLessThanOrEqual(Math.max(...dots) + close.atol)
}

describe('α and the other metrics', () => {
  it.prop([stacks()])('squared distances are 2(1 − α)E‖g‖², and confusion is below the mean', holdsForEveryLaw)
  it.each(nastyStacks)('so on $name', ({ rows }) => holdsForEveryLaw(rows))

  it.prop([stacks(), fc.integer({ min: 1, max: 5 })])('α stays when every example comes k times', (rows, k) => {
    const [once, often] = [rows, Array.from({ length: k }, () => rows).flat()].map((stack) => statisticOfRows(stack))
    expect(alpha(often!)).toBeAllClose(alpha(once!), { rtol: 1e-9, atol: 1e-12 })
    expect(mCoherence(often!)).toBeAllClose(k * mCoherence(once!), { rtol: 1e-9, atol: 1e-12 * k * rows.length })
  })

  it.prop([stacks(), fc.integer({ min: 1, max: 5 })])(
    'm·α stays when examples without a gradient are added',
    (rows, k) => {
      const zeros = Array.from({ length: k }, () => rows[0]!.map(() => 0))
      const [before, after] = [rows, [...rows, ...zeros]].map((stack) => statisticOfRows(stack))
      const share = rows.length / (rows.length + k)
      expect(mCoherence(after!)).toBeAllClose(mCoherence(before!), { rtol: 1e-9, atol: 1e-12 * rows.length })
      expect(alpha(after!)).toBeAllClose(share * alpha(before!), { rtol: 1e-9, atol: 1e-12 })
    },
  )

  it.prop([stacks({ columns: { min: 2, max: 5 } }), fc.double({ min: 0, max: 6.3, noNaN: true })])(
    'no rotation changes α',
    (rows, angle) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      const turned = rows.map(([x, y, ...rest]) => [c * x! - s * y!, s * x! + c * y!, ...rest])
      expect(alpha(statisticOfRows(turned))).toBeAllClose(alpha(statisticOfRows(rows)), { rtol: 1e-9, atol: 1e-9 })
    },
  )

  it('stiffness, confusion and the mean cosine are no functions of α', () => {
    // Four gradients of length 1: the same α, once with all dot products alike and once by pairs of twins.
    const alike = [0, 1, 2, 3].map((i) => [
      Math.sqrt(1 / 3),
      ...[0, 1, 2, 3].map((j) => (i === j ? Math.sqrt(2 / 3) : 0)),
    ])
    const twins = [
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
    ]
    const [a, b] = [alike, twins].map((rows) => ({ α: alpha(statisticOfRows(rows)), gram: gramOfRows(rows) }))
    expect(a!.α).toBeAllClose(0.5, { rtol: 1e-12 })
    expect(b!.α).toBeAllClose(0.5, { rtol: 1e-12 })
    expect([stiffness(a!.gram)!.sign, stiffness(b!.gram)!.sign]).toBeAllClose([1, 1 / 3])
    expect([gradientConfusion(a!.gram)!.minimumDot, gradientConfusion(b!.gram)!.minimumDot]).toBeAllClose([1 / 3, 0])

    // The same directions, so the same cosines and signs, with another α: one gradient is a hundred times longer.
    const long = alike.map((row, i) => (i === 0 ? row.map((x) => 100 * x) : row))
    expect(meanPairwiseCosine(gramOfRows(long))!).toBeAllClose(meanPairwiseCosine(a!.gram)!, { rtol: 1e-12 })
    expect(stiffness(gramOfRows(long))!.sign).toBe(1)
    expect(alpha(statisticOfRows(long))).toBeLessThan(0.27)
  })
})

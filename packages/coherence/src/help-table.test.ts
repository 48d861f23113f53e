import { fc, it } from '@fast-check/vitest'
import { nastyStacks, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  byLayer,
  expectedPairwiseDot,
  helpTable,
  meanPairwiseDot,
  meanSquaredNorm,
  monoid,
  statisticOfBlocks,
  statisticOfRows,
} from './index.ts'
import { distinctPairs, dot, mean, type Stack } from './twins.test-support.ts'

function holdsForEveryLaw(left: Stack, right: Stack): void {
  const [a, b] = [statisticOfRows(left), statisticOfRows(right)]
  const { populations, dots, distinctDots } = helpTable({ left: a, right: b })
  const all = monoid.concat(a, b)
  const atol = 1e-9 * meanSquaredNorm(all) + 1e-300
  const close = { rtol: 1e-9, atol: atol * Math.max(left.length, right.length) }
  expect(populations).toEqual(['left', 'right'])
  const twin = [left, right].map((from) =>
    [left, right].map((to) => mean(from.flatMap((g) => to.map((h) => dot(g, h))))),
  )
  expect(dots).toBeAllClose(twin, close)
  expect(dots[0]![1]).toBe(dots[1]![0])
  for (const [index, rows] of [left, right].entries()) {
    if (rows.length === 1) expect(distinctDots[index]).toBeNull()
    else expect(distinctDots[index]!).toBeAllClose(mean(distinctPairs(rows, dot)), close)
  }
  // Their average, weighted by the populations' shares, is the numerator of the union's α.
  const shares = [a.m / all.m, b.m / all.m]
  const whole = mean(dots.flatMap((row, i) => row.map((x, j) => 4 * shares[i]! * shares[j]! * x)))
  expect(whole).toBeAllClose(expectedPairwiseDot(all), close)
}

describe('helpTable', () => {
  it.prop([stacks(), stacks()])('is the mean dot product of every pair across', holdsForEveryLaw)
  it.each(nastyStacks)('keeps every law on $name and its reverse', ({ rows }) => {
    holdsForEveryLaw(rows, rows.slice(0, 2).toReversed())
  })

  it.prop([fc.array(stacks(), { minLength: 1, maxLength: 4 })])('takes any number of populations', (populations) => {
    const statistics = Object.fromEntries(populations.map((rows, index) => [`class ${index}`, statisticOfRows(rows)]))
    const table = helpTable(statistics)
    expect(table.populations).toEqual(Object.keys(statistics))
    expect(table.distinctDots).toEqual(Object.values(statistics).map((statistic) => meanPairwiseDot(statistic)))
  })

  it('looks at the chosen weights alone', () => {
    const of = (kernel: number, bias: number): ReturnType<typeof statisticOfBlocks> =>
      statisticOfBlocks([
        { name: 'd/kernel', rows: [[kernel]] },
        { name: 'e/bias', rows: [[bias]] },
      ])
    expect(helpTable({ a: of(1, 2), b: of(3, 5) }).dots[0]![1]).toBe(13)
    expect(helpTable({ a: of(1, 2), b: of(3, 5) }, byLayer('e')).dots[0]![1]).toBe(10)
  })

  it('refuses populations that do not match', () => {
    const [a, b] = [statisticOfRows([[1]], { name: 'a' }), statisticOfRows([[1]], { name: 'b' })]
    const wide = statisticOfRows([[1, 2]], { name: 'a' })
    const both = statisticOfBlocks([
      { name: 'a', rows: [[1]] },
      { name: 'b', rows: [[1]] },
    ])
    expect(() => helpTable({ one: a, none: monoid.empty })).toThrow(/found 0 in none/)
    expect(() => helpTable({ one: a, two: b })).toThrow(/required 1 elements of a as in one, found none in two/)
    expect(() => helpTable({ one: a, two: wide })).toThrow(/found 2 elements in two/)
    expect(() => helpTable({ one: a, two: both })).toThrow(/found 1 in one and 2 in two/)
    expect(() => helpTable({ one: a }, () => false)).toThrow(/found none selected of \[a\]/)
  })
})

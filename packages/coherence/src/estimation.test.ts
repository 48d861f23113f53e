import { derive, keyOf, randomStream } from '@coherent-gradients/core'
import { fc, it } from '@fast-check/vitest'
import { nastyStacks, nonZero, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  alphaDebiased,
  alphaInterval,
  gramOfRows,
  mCoherence,
  mCoherenceOfGram,
  permutationNull,
  projectionsOfRows,
  signNull,
  statisticOfRows,
} from './index.ts'
import { dot, mean, sum, type Stack } from './twins.test-support.ts'

const key = keyOf('estimation')

describe('projectionsOfRows', () => {
  it.prop([stacks()])('equals its definition', (rows) => {
    const { squaredNorms, dots } = projectionsOfRows(rows)
    const atol = 1e-9 * sum([...squaredNorms])
    expect(squaredNorms).toBeAllClose(rows.map((row) => dot(row, row)))
    expect(dots).toBeAllClose(
      rows.map((row) => sum(rows.map((other) => dot(row, other)))),
      { atol },
    )
    const flat = projectionsOfRows({ m: rows.length, data: Float64Array.from(rows.flat()) })
    expect(flat).toEqual({ squaredNorms, dots })
  })
})

describe('alphaInterval', () => {
  // Whole numbers, so that taking one example out of the totals loses no digits.
  const wholeStacks = stacks({ rows: { min: 3, max: 8 } }).map((rows) => rows.map((row) => row.map(Math.round)))

  /** The twin: the debiased α of every sample with one example left out. */
  function standardErrorByDefinition(rows: Stack): number {
    const m = rows.length
    const without = rows.map((_, i) => alphaDebiased(statisticOfRows(rows.filter((__, j) => j !== i)))!)
    return Math.sqrt(((m - 1) / m) * sum(without.map((x) => (x - mean(without)) ** 2)))
  }

  /** At 97.5%, by degrees of freedom, out of a table. */
  const studentT = [0, 12.7062, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624]

  it.prop([wholeStacks])('is the debiased α, give or take the jackknife', (rows) => {
    const interval = alphaInterval(projectionsOfRows(rows))!
    const close = { rtol: 1e-6, atol: 1e-6 }
    if (rows.flat().every((x) => x === 0)) {
      expect(interval).toBeNull()
      return
    }
    expect(interval.estimate).toBeAllClose(alphaDebiased(statisticOfRows(rows))!, { rtol: 1e-9, atol: 1e-9 })
    expect(interval.standardError).toBeAllClose(standardErrorByDefinition(rows), close)
    const reach = studentT[rows.length - 1]! * interval.standardError
    expect([interval.low, interval.high]).toBeAllClose([interval.estimate - reach, interval.estimate + reach], close)
  })

  const notAllZero = wholeStacks.filter((rows) => rows.flat().some((x) => x !== 0))
  it.prop([notAllZero, nonZero()])('ignores a common scale, and widens with the level', (rows, c) => {
    const interval = alphaInterval(projectionsOfRows(rows))!
    const scaled = alphaInterval(projectionsOfRows(rows.map((row) => row.map((x) => c * x))))!
    expect([scaled.low, scaled.high]).toBeAllClose([interval.low, interval.high], { atol: 1e-5 })
    const wide = alphaInterval(projectionsOfRows(rows), 0.99)!
    expect(wide.high - wide.low).toBeGreaterThanOrEqual(interval.high - interval.low)
  })

  it.each(nastyStacks)('is finite on $name, and null only for fewer than three and zeros alone', ({ rows }) => {
    const interval = alphaInterval(projectionsOfRows(rows))
    if (rows.length < 3 || rows.flat().every((x) => x === 0)) expect(interval).toBeNull()
    else expect(Object.values(interval!)).toSatisfy((values: number[]) => values.every(Number.isFinite))
  })

  /** How many of 300 intervals hold α. Gradients are (1, 0, …) plus normal noise, times lengths that are lognormal. */
  function coverage(m: number, sigma: number): number {
    const [p, samples] = [8, 300]
    const truth = Math.exp(-(sigma ** 2)) / (1 + p)
    const held = Array.from({ length: samples }, (_, index) => {
      const stream = randomStream(derive(derive(key, `coverage ${m} ${sigma}`), index))
      const data = new Float64Array(m * p)
      for (let i = 0; i < m; i++) {
        const length = Math.exp(sigma * stream.normal())
        for (let j = 0; j < p; j++) data[i * p + j] = length * ((j === 0 ? 1 : 0) + stream.normal())
      }
      const { low, high } = alphaInterval(projectionsOfRows({ m, data }))!
      return low <= truth && truth <= high ? 1 : 0
    })
    return mean(held)
  }

  it('holds the true α about as often as it says, for gradients of one scale', () => {
    for (const m of [20, 60]) {
      expect(coverage(m, 0)).toBeGreaterThan(0.92)
      expect(coverage(m, 0.5)).toBeGreaterThan(0.92)
    }
  })

  it('holds it too seldom where a few long gradients carry α, as its documentation says', () => {
    expect(coverage(200, 2)).toBeLessThan(0.9)
    expect(coverage(200, 2)).toBeGreaterThan(0.6)
  })

  it('refuses lists that do not fit and a level that is none', () => {
    expect(() => alphaInterval({ squaredNorms: [], dots: [] })).toThrow(/required m ≥ 1.*found 0 and 0/)
    expect(() => alphaInterval({ squaredNorms: [1, 2], dots: [1] })).toThrow(/found 2 and 1/)
    for (const level of [0, 1, -1, Number.NaN, 95]) {
      expect(() => alphaInterval({ squaredNorms: [1], dots: [1] }, level)).toThrow(
        /required a level in \(0, 1\), found/,
      )
    }
  })
})

describe('mCoherenceOfGram', () => {
  it.prop([stacks(), fc.func(fc.boolean())])('is m·α of the members', (rows, chooses) => {
    const members = rows.flatMap((_, i) => (i === 0 || chooses(i) ? [i] : []))
    const close = { rtol: 1e-9, atol: 1e-9 }
    expect(mCoherenceOfGram(gramOfRows(rows))).toBeAllClose(mCoherence(statisticOfRows(rows)), close)
    const chosen = members.map((i) => rows[i]!)
    expect(mCoherenceOfGram(gramOfRows(rows), members)).toBeAllClose(mCoherence(statisticOfRows(chosen)), close)
  })

  it('refuses members that are no set of rows', () => {
    const gram = gramOfRows([[1], [2]])
    expect(() => mCoherenceOfGram(gram, [])).toThrow(/found none/)
    expect(() => mCoherenceOfGram(gram, [2])).toThrow(/rows 0 to 1, found 2/)
    expect(() => mCoherenceOfGram(gram, [1, 1])).toThrow(/found 1 twice/)
  })
})

describe('signNull', () => {
  it.prop([stacks({ rows: { min: 1, max: 5 } })])('draws m·α of the gradients with signs, of mean 1', (rows) => {
    const m = rows.length
    const close = { rtol: 1e-9, atol: 1e-9 }
    const every = Array.from({ length: 2 ** m }, (_, bits) =>
      mCoherence(statisticOfRows(rows.map((row, i) => row.map((x) => ((bits >> i) & 1 ? x : -x))))),
    )
    const zero = rows.flat().every((x) => x === 0)
    expect(mean(every)).toBeAllClose(zero ? 0 : 1, close)
    for (const drawn of signNull(gramOfRows(rows), key, 8)) {
      expect(Math.min(...every.map((x) => Math.abs(x - drawn)))).toBeAllClose(0, close)
    }
  })

  const rows = Array.from({ length: 12 }, (_, i) => [1, Math.sin(i), Math.cos(i * i)])

  it('is about the orthogonal limit, far below coherent gradients', () => {
    const drawn = signNull(gramOfRows(rows), key, 4000)
    expect(Math.abs(mean([...drawn]) - 1)).toBeLessThan(0.1)
    expect(drawn.filter((x) => x >= mCoherence(statisticOfRows(rows))).length).toBeLessThan(20)
  })

  it('gives the same draws for the same key, and a longer call starts with the same', () => {
    const gram = gramOfRows(rows)
    expect(signNull(gram, key, 9).subarray(0, 4)).toEqual(signNull(gram, key, 4))
    expect(signNull(gram, key, 9)).not.toEqual(signNull(gram, derive(key, 1), 9))
  })

  it.each(nastyStacks)('stays in [0, m] on $name', ({ rows: nasty }) => {
    for (const x of signNull(gramOfRows(nasty), key, 20)) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(nasty.length)
    }
  })

  it('refuses numbers of draws that are none', () => {
    for (const draws of [0, -1, 1.5, Number.NaN]) {
      expect(() => signNull([[1]], key, draws)).toThrow(/required a whole number of draws ≥ 1, found/)
      expect(() => permutationNull([[1]], 1, key, draws)).toThrow(/required a whole number of draws ≥ 1, found/)
    }
  })
})

describe('permutationNull', () => {
  // Six examples that agree among twenty that share nothing.
  const rows = Array.from({ length: 20 }, (_, i) =>
    Array.from({ length: 20 }, (__, j) => (i === j || (i < 6 && j === 19) ? 1 : 0)),
  )
  const gram = gramOfRows(rows)

  it('lies below a population that agrees, and about one that was drawn at random', () => {
    const drawn = permutationNull(gram, 6, key, 999)
    const atLeast = (observed: number): number => drawn.filter((x) => x >= observed - 1e-12).length
    expect(atLeast(mCoherenceOfGram(gram, [0, 1, 2, 3, 4, 5]))).toBeLessThan(10)
    expect(atLeast(mCoherenceOfGram(gram, [0, 4, 8, 12, 16, 19]))).toBeGreaterThan(50)
  })

  it('has the mean of all sets of that size', () => {
    const pairs = rows.flatMap((_, i) => rows.slice(0, i).map((__, j) => mCoherenceOfGram(gram, [i, j])))
    expect(Math.abs(mean([...permutationNull(gram, 2, key, 4000)]) - mean(pairs))).toBeLessThan(0.02)
  })

  it('is one value where everybody is a member, and refuses sizes that are none', () => {
    expect(permutationNull(gram, 20, key, 3)).toBeAllClose(Array.from({ length: 3 }, () => mCoherenceOfGram(gram)))
    for (const size of [0, 21, 1.5]) {
      expect(() => permutationNull(gram, size, key, 3)).toThrow(/required a whole size from 1 to 20, found/)
    }
  })
})

import { fc, it } from '@fast-check/vitest'
import { loadReference, nastyStacks, nonZero, referenceNames, stacks } from '@coherent-gradients/testkit'
import { describe, expect } from 'vitest'
import {
  alpha,
  alphaDebiased,
  expectedGradientDistance,
  gradientConfusion,
  gramOfRows,
  meanPairwiseCosine,
  meanPairwiseDistance,
  meanSquaredNorm,
  statisticOfRows,
  stiffness,
  stiffnessByClass,
  type Gram,
  type Stiffness,
} from './index.ts'
import {
  distance,
  distinctPairs,
  dot,
  independentPairs,
  mean,
  referenceRows,
  type Stack,
} from './twins.test-support.ts'

const unit = (row: readonly number[]): number[] => {
  const length = Math.hypot(...row)
  return row.map((x) => (length === 0 ? 0 : x / length))
}
const cosine = (a: readonly number[], b: readonly number[]): number => dot(unit(a), unit(b))
const sign = (a: readonly number[], b: readonly number[]): number => Math.sign(dot(a, b))

function holdsForEveryLaw(rows: Stack): void {
  const m = rows.length
  const gram = gramOfRows(rows)
  const statistic = statisticOfRows(rows)
  const length = Math.sqrt(meanSquaredNorm(statistic))
  // Distances of equal gradients come out of a cancellation under a square root.
  const near = { rtol: 1e-6, atol: 1e-7 * Math.sqrt(m) * length }
  const expected = expectedGradientDistance(gram)
  expect(expected).toBeAllClose(mean(independentPairs(rows, distance)), near)
  const lemma6 = Math.sqrt(2 * (1 - alpha(statistic))) * length
  expect(expected).toBeLessThanOrEqual(lemma6 * (1 + 1e-9) + near.atol)

  const measures = [meanPairwiseDistance(gram), meanPairwiseCosine(gram), stiffness(gram), gradientConfusion(gram)]
  if (m === 1) {
    expect(measures).toEqual([null, null, null, null])
    expect(expected).toBe(0)
    return
  }
  expect(meanPairwiseDistance(gram)!).toBeAllClose((m / (m - 1)) * expected, { rtol: 1e-12, atol: 1e-300 })
  const debiased = Math.sqrt(2 * (1 - alphaDebiased(statistic)!)) * length
  expect(meanPairwiseDistance(gram)!).toBeLessThanOrEqual(debiased * (1 + 1e-9) + 2 * near.atol)

  const close = { rtol: 1e-9, atol: 1e-12 }
  expect(meanPairwiseCosine(gram)!).toBeAllClose(mean(distinctPairs(rows, cosine)), close)
  if (rows.every((row) => row.some((x) => x !== 0))) {
    const ofUnits = alphaDebiased(statisticOfRows(rows.map(unit)))!
    expect(meanPairwiseCosine(gram)!).toBeAllClose(ofUnits, close)
  }
  expect(stiffness(gram)!.cosine).toBe(meanPairwiseCosine(gram))
  expect(stiffness(gram)!.sign).toBeAllClose(mean(distinctPairs(rows, sign)), close)

  const confusion = gradientConfusion(gram)!
  expect(confusion.minimumDot).toBeAllClose(Math.min(...distinctPairs(rows, dot)), { rtol: 1e-12, atol: 1e-300 })
  expect(confusion.minimumCosine).toBeAllClose(Math.min(...distinctPairs(rows, cosine)), close)
  expect(confusion.bound).toBe(Math.max(0, -confusion.minimumDot))
}

describe('pairwise metrics', () => {
  it.prop([stacks()])('equal their definitions, and keep Lemma 6', holdsForEveryLaw)
  it.each(nastyStacks)('keep every law on $name', ({ rows }) => holdsForEveryLaw(rows))

  it.prop([stacks(), nonZero()])('scale as they should', (rows, c) => {
    const [gram, scaled] = [gramOfRows(rows), gramOfRows(rows.map((row) => row.map((x) => c * x)))]
    const atol = 1e-7 * Math.abs(c) * Math.sqrt(rows.length * meanSquaredNorm(statisticOfRows(rows)))
    expect(expectedGradientDistance(scaled)).toBeAllClose(Math.abs(c) * expectedGradientDistance(gram), { atol })
    expect(meanPairwiseCosine(scaled) ?? 0).toBeAllClose(meanPairwiseCosine(gram) ?? 0, { atol: 1e-9 })
    expect(gradientConfusion(scaled)?.minimumCosine ?? 0).toBeAllClose(gradientConfusion(gram)?.minimumCosine ?? 0, {
      atol: 1e-9,
    })
  })

  it.each(referenceNames)('agree with the reference network %s', (name) => {
    const { examples: m, expected } = loadReference(name)
    const close = { rtol: 1e-9 }
    const gram = gramOfRows(referenceRows(name))
    expect(gram.data).toBeAllClose(expected.gram.data, { rtol: 1e-9, atol: 1e-12 * expected.meanOfSquaredNorms })
    for (const from of [gram, { m, data: expected.gram.data }] satisfies Gram[]) {
      expect(meanPairwiseCosine(from)!).toBeAllClose(expected.meanPairwiseCosine, close)
      expect(expectedGradientDistance(from)).toBeAllClose(expected.meanGradientDistance, close)
    }
  })

  it('Lemma 6 needs an example to meet itself: without, two orthogonal gradients break it', () => {
    const rows = [
      [1, 0],
      [0, 1],
    ]
    const bound = Math.sqrt(2 * (1 - alpha(statisticOfRows(rows))))
    expect(bound).toBe(1)
    expect(expectedGradientDistance(gramOfRows(rows))).toBeAllClose(Math.SQRT1_2)
    expect(meanPairwiseDistance(gramOfRows(rows))!).toBeAllClose(Math.SQRT2)
  })

  it('takes rows, typed rows and one array alike', () => {
    const [a, b, c] = [
      [
        [4, -2],
        [-2, 9],
      ],
      [Float32Array.of(4, -2), Float32Array.of(-2, 9)],
      { m: 2, data: Float64Array.of(4, -2, -2, 9) },
    ] satisfies Gram[]
    for (const gram of [a!, b!, c!]) {
      expect(gradientConfusion(gram)).toEqual({ minimumDot: -2, minimumCosine: -2 / 6, bound: 2 })
    }
  })

  it('refuses what is no Gram matrix and says why', () => {
    for (const [name, measure] of Object.entries({
      expectedGradientDistance,
      meanPairwiseDistance,
      meanPairwiseCosine,
      stiffness,
      gradientConfusion,
    })) {
      expect(() => measure([])).toThrow(`${name}: required m ≥ 1, found 0`)
      expect(() => measure({ m: 2, data: [1, 2, 3] })).toThrow(/required 2 × 2 dot products, found 3/)
      expect(() => measure([[1, 2], [3]])).toThrow(/required 2 columns, found 1 in row 1/)
      expect(() =>
        measure([
          [1, NaN],
          [0, 1],
        ]),
      ).toThrow(/found NaN in row 0, column 1/)
      expect(() => measure([[-1]])).toThrow(/not negative, found -1 in row 0, column 0/)
    }
  })
})

describe('gramOfRows', () => {
  it('refuses rows that have no Gram matrix', () => {
    expect(() => gramOfRows([[1, 2], [3]])).toThrow(/required 2 elements in every row, found 1 in row 1/)
    expect(() => gramOfRows({ m: 2, data: [1, 2, 3] })).toThrow(/required 2 equal rows, found 3 elements/)
    expect(() => gramOfRows([[1], [NaN]])).toThrow(/found NaN between rows 0 and 1/)
  })

  it('takes one array of all rows', () => {
    expect(gramOfRows({ m: 2, data: Float32Array.of(1, 0, 1, 1) })).toEqual(
      gramOfRows([
        [1, 0],
        [1, 1],
      ]),
    )
  })
})

describe('stiffnessByClass', () => {
  const labelled = stacks({ rows: { min: 1, max: 8 } }).chain((rows) =>
    fc.tuple(
      fc.constant(rows),
      fc.array(fc.integer({ min: -1, max: 2 }), { minLength: rows.length, maxLength: rows.length }),
    ),
  )

  it.prop([labelled])('equals its definition, class by class', ([rows, labels]) => {
    const { classes, table, within, between } = stiffnessByClass(gramOfRows(rows), labels)
    expect(classes).toEqual([...new Set(labels)].toSorted((x, y) => x - y))
    const twin = (a: number, b: number): Stiffness | null => {
      const pairs = rows.flatMap((g, i) =>
        rows.filter((_, j) => i !== j && labels[i] === a && labels[j] === b).map((h) => [sign(g, h), cosine(g, h)]),
      )
      if (pairs.length === 0) return null
      return { sign: mean(pairs.map(([s]) => s!)), cosine: mean(pairs.map(([, c]) => c!)) }
    }
    const twins = classes.map((a) => classes.map((b) => twin(a, b)))
    const numbers = (entries: readonly (Stiffness | null)[]): number[] =>
      entries.flatMap((entry) => (entry === null ? [99, 99] : [entry.sign, entry.cosine]))
    const close = { rtol: 1e-9, atol: 1e-9 }
    expect(numbers(table.flat())).toBeAllClose(numbers(twins.flat()), close)

    const average = (entries: readonly (Stiffness | null)[]): Stiffness | null => {
      const known = entries.filter((entry) => entry !== null)
      if (known.length === 0) return null
      return { sign: mean(known.map((entry) => entry.sign)), cosine: mean(known.map((entry) => entry.cosine)) }
    }
    expect(numbers([within])).toBeAllClose(numbers([average(twins.map((row, a) => row[a]!))]), close)
    expect(numbers([between])).toBeAllClose(
      numbers([average(twins.flatMap((row, a) => row.filter((_, b) => a !== b)))]),
      close,
    )
  })

  it('is stiffness where there is one class, and refuses labels that do not fit', () => {
    const gram = gramOfRows([
      [1, 0],
      [3, 4],
    ])
    expect(stiffnessByClass(gram, [7, 7])).toEqual({
      classes: [7],
      table: [[stiffness(gram)]],
      within: stiffness(gram),
      between: null,
    })
    expect(() => stiffnessByClass(gram, [1])).toThrow(/required 2 labels, found 1/)
    expect(() => stiffnessByClass(gram, [1, 0.5])).toThrow(/found 0.5 of example 1/)
  })
})

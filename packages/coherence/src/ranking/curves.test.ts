import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { averagePrecision, rocCurve } from '../index.ts'

/** Few different scores, so that many are equal; at least one positive and one negative. */
const rankings = fc
  .array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()), { minLength: 2, maxLength: 30 })
  .filter((list) => new Set(list.map(([, mark]) => mark)).size === 2)
  .map((list) => ({ scores: list.map(([score]) => score / 2), marks: list.map(([, mark]) => mark) }))

describe('rocCurve', () => {
  test.prop([rankings])('has the area that pairs of a positive and a negative give', ({ scores, marks }) => {
    let [won, pairs] = [0, 0]
    marks.forEach((mark, i) => {
      marks.forEach((other, j) => {
        if (!mark || other) return
        pairs++
        won += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0
      })
    })
    expect(rocCurve(scores, marks).area).toBeCloseTo(won / pairs, 12)
  })
  test.prop([rankings])('gives the rates at every cut, from none to all', ({ scores, marks }) => {
    const { falsePositiveRate, truePositiveRate } = rocCurve(scores, marks)
    const cuts = [Infinity, ...[...new Set(scores)].toSorted((a, b) => b - a)]
    const share = (cut: number, kind: boolean): number =>
      marks.filter((mark, i) => mark === kind && scores[i]! >= cut).length /
      marks.filter((mark) => mark === kind).length
    expect(truePositiveRate).toEqual(cuts.map((cut) => share(cut, true)))
    expect(falsePositiveRate).toEqual(cuts.map((cut) => share(cut, false)))
  })
  test.prop([rankings])('does not depend on the order, and turns over with the sign', ({ scores, marks }) => {
    expect(rocCurve(scores.toReversed(), marks.toReversed())).toEqual(rocCurve(scores, marks))
    const turned = rocCurve(
      scores.map((score) => -score),
      marks,
    )
    expect(turned.area).toBeCloseTo(1 - rocCurve(scores, marks).area, 12)
  })
  it('has no area without both kinds, and refuses what is no ranking', () => {
    expect(rocCurve([1, 2], [true, true]).area).toBeNaN()
    expect(rocCurve([], []).area).toBeNaN()
    expect(() => rocCurve([1], [])).toThrow('rocCurve: required a mark for each of 1 scores, found 0')
    expect(() => rocCurve([0, NaN], [1, 0])).toThrow('rocCurve: required numbers as scores, found NaN at 1')
  })
})

describe('averagePrecision', () => {
  test.prop([rankings])('is the mean over the positives of the precision at their own scores', ({ scores, marks }) => {
    const own = scores.filter((_, i) => marks[i])
    const precisions = own.map((cut) => {
      const above = marks.filter((_, i) => scores[i]! >= cut)
      return above.filter(Boolean).length / above.length
    })
    const mean = precisions.reduce((sum, x) => sum + x, 0) / own.length
    expect(averagePrecision(scores, marks)).toBeCloseTo(mean, 12)
  })
  it.each([
    // From scikit-learn 1.x, average_precision_score.
    [[0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.8333333333333333],
    [[1, 1, 1, 1], [true, false, false, false], 0.25],
    [[4, 3, 2, 1], [true, true, false, false], 1],
  ])('of %j with %j is the known one', (scores, marks, known) => {
    expect(averagePrecision(scores, marks)).toBeCloseTo(known, 12)
  })
  it('is nothing without a positive', () => {
    expect(averagePrecision([1], [false])).toBeNaN()
  })
})

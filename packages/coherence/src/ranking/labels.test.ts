import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { confidentJoint, labelDoubts, labelMargins } from '../index.ts'

const CLASSES = 3
const tables = fc
  .array(
    fc.tuple(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: CLASSES, maxLength: CLASSES }),
      fc.nat(CLASSES - 1),
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows) => ({
    rows: rows.map(([weights]) => weights.map((w) => w / weights.reduce((a, b) => a + b))),
    labels: rows.map(([, label]) => label),
  }))
const classes = Array.from({ length: CLASSES }, (_, c) => c)
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('labelMargins', () => {
  test.prop([tables])('is the label’s number less the best of the others', ({ rows, labels }) => {
    const expected = rows.map((row, i) => row[labels[i]!]! - Math.max(...row.filter((_, c) => c !== labels[i])))
    expect([...labelMargins(rows.flat(), labels, CLASSES)]).toEqual(expected)
  })
  it('refuses tables of another form, and labels that are no classes', () => {
    expect(() => labelMargins([1, 2, 3], [0], 2)).toThrow('labelMargins: required 1 × 2 outputs')
    expect(() => labelMargins([1, 2], [2], 2)).toThrow('required labels from 0 to 1, found 2 of example 0')
    expect(() => labelMargins([1], [0], 1)).toThrow('required classes ≥ 2, found 1')
  })
})

describe('confidentJoint', () => {
  test.prop([tables])('counts as the paper’s equations have it, class by class', ({ rows, labels }) => {
    const { thresholds, counts, presumed } = confidentJoint(rows.flat(), labels, CLASSES)
    const t = classes.map((b) => mean(rows.filter((_, i) => labels[i] === b).map((row) => row[b]!)))
    expect(thresholds).toEqual(t)
    rows.forEach((row, i) => {
      const able = classes.filter((b) => row[b]! >= thresholds[b]!)
      const most = Math.max(...able.map((b) => row[b]!))
      expect(presumed[i]).toBe(able.length === 0 ? -1 : able.find((b) => row[b] === most))
    })
    for (const a of classes) {
      for (const b of classes) {
        expect(counts[a]![b]).toBe(labels.filter((label, i) => label === a && presumed[i] === b).length)
      }
    }
  })
  test.prop([tables])('has a joint that sums to 1, and to the given labels’ shares row by row', ({ rows, labels }) => {
    const { joint } = confidentJoint(rows.flat(), labels, CLASSES)
    joint.forEach((row, a) => {
      const share = labels.filter((label) => label === a).length / labels.length
      expect(row.reduce((sum, x) => sum + x, 0)).toBeCloseTo(share, 12)
    })
  })
  it('finds the labels that are wrong where the probabilities are right', () => {
    // Four of each class; the last of each is labelled as the next.
    const truth = classes.flatMap((c) => [c, c, c, c])
    const labels = truth.map((c, i) => (i % 4 === 3 ? (c + 1) % CLASSES : c))
    const sure = truth.flatMap((c) => classes.map((each) => (each === c ? 0.9 : 0.05)))
    const { presumed, joint } = confidentJoint(sure, labels, CLASSES)
    expect([...presumed]).toEqual(truth)
    for (const c of classes) expect(joint[(c + 1) % CLASSES]![c]).toBeCloseTo(1 / 12)
  })
})

describe('labelDoubts', () => {
  test.prop([tables])(
    'puts every suspect before every other, and the least probable label first',
    ({ rows, labels }) => {
      const doubts = labelDoubts(rows.flat(), labels, CLASSES)
      const { presumed } = confidentJoint(rows.flat(), labels, CLASSES)
      const suspect = labels.map((label, i) => presumed[i] !== -1 && presumed[i] !== label)
      doubts.forEach((doubt, i) => {
        doubts.forEach((other, j) => {
          if (suspect[i] && !suspect[j]) expect(doubt).toBeGreaterThan(other)
          if (suspect[i] === suspect[j] && rows[i]![labels[i]!]! < rows[j]![labels[j]!]!) {
            expect(doubt).toBeGreaterThan(other)
          }
        })
      })
    },
  )
})

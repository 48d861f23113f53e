import { either as E } from 'fp-ts'
import { describe, expect, test } from 'vitest'
import { makeAggregator, rules, winsorizedMean, type RuleSpec } from './index.ts'

describe('makeAggregator', () => {
  test.each<[RuleSpec, string, object]>([
    [{ rule: 'mean' }, 'mean', { of: 'examples', orMicroBatches: true }],
    [{ rule: 'winsorized-mean', percent: 8 }, 'winsor(8%)', { of: 'examples' }],
    [{ rule: 'winsorized-mean', percent: 2.5 }, 'winsor(2.5%)', { of: 'examples' }],
    [{ rule: 'winsorized-mean', count: 8 }, 'winsor(8)', { of: 'examples' }],
    [{ rule: 'coordinate-median' }, 'median', { of: 'examples' }],
    [{ rule: 'median-of-means', groups: 3 }, 'M3', { of: 'micro-batches', groups: 3 }],
    [{ rule: 'median-of-means', groups: 5 }, 'mom(5)', { of: 'micro-batches', groups: 5 }],
    [{ rule: 'mean-of-means', groups: 3 }, 'A3', { of: 'micro-batches', groups: 3 }],
    [{ rule: 'winsorized-mean', count: undefined, percent: 1 }, 'winsor(1%)', { of: 'examples' }],
  ])('%o', (spec, name, rows) => {
    const made = makeAggregator(spec)
    expect(E.isRight(made) && { name: made.right.name, rows: made.right.rows }).toEqual({ name, rows })
    expect(E.isRight(made) && made.right.init([{ name: 'd/kernel', shape: [2] }])).toEqual({})
  })

  test.each<[RuleSpec, string]>([
    [
      { rule: 'winsorized-mean', percent: 51 },
      'winsorized-mean, option percent: required a number from 0 to 50, found 51',
    ],
    [
      { rule: 'winsorized-mean', percent: -1 },
      'winsorized-mean, option percent: required a number from 0 to 50, found -1',
    ],
    [
      { rule: 'winsorized-mean', percent: NaN },
      'winsorized-mean, option percent: required a number from 0 to 50, found NaN',
    ],
    [
      { rule: 'winsorized-mean', percent: '8' },
      "winsorized-mean, option percent: required a number from 0 to 50, found '8'",
    ],
    [{ rule: 'winsorized-mean', count: 1.5 }, 'winsorized-mean, option count: required a whole number ≥ 0, found 1.5'],
    [{ rule: 'winsorized-mean', count: -1 }, 'winsorized-mean, option count: required a whole number ≥ 0, found -1'],
    [{ rule: 'winsorized-mean' }, "winsorized-mean, option percent: required percent or count, found 'neither'"],
    [
      { rule: 'winsorized-mean', percent: 8, count: 8 },
      "winsorized-mean, option percent: required percent or count, found 'both'",
    ],
    [{ rule: 'median-of-means' }, 'median-of-means, option groups: required a whole number ≥ 1, found undefined'],
    [{ rule: 'median-of-means', groups: 0 }, 'median-of-means, option groups: required a whole number ≥ 1, found 0'],
    [{ rule: 'mean-of-means', groups: 2.5 }, 'mean-of-means, option groups: required a whole number ≥ 1, found 2.5'],
    [{ rule: 'mean', percent: 8 }, "mean, option percent: required no options, found 'percent'"],
    [
      { rule: 'coordinate-median', sliceBytes: 0 },
      'coordinate-median, option sliceBytes: required a whole number ≥ 1, found 0',
    ],
    [
      { rule: 'winsorized-mean', percents: 8 },
      "winsorized-mean, option percents: required one of percent, count, sliceBytes, found 'percents'",
    ],
  ])('%o says what is wrong', (spec, message) => {
    const made = makeAggregator(spec)
    expect(E.isLeft(made) && made.left.message).toBe(message)
  })

  test('says which rules there are', () => {
    const made = makeAggregator({ rule: 'mode' })
    expect(E.isLeft(made) && made.left.message).toMatch(/^unknown rule 'mode': choose mean, winsorized-mean, .*chain/)
  })

  test('lists each rule once', () => {
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length)
  })
})

describe('options written in code', () => {
  test('throw the same line', () => {
    expect(() => winsorizedMean({ percent: 80 })).toThrow(/required a number from 0 to 50, found 80/)
  })
})

import { either as E } from 'fp-ts'
import { describe, expect, test } from 'vitest'
import { makeAggregator, rules, winsorizedMean, type RuleSpec } from './index.ts'

describe('makeAggregator', () => {
  test.each<[RuleSpec, string, object]>([
    [{ rule: 'mean' }, 'mean', { of: 'examples', orMicroBatches: true }],
    [{ rule: 'winsorized-mean', percent: 8 }, 'winsor(8%)', { of: 'examples' }],
    [{ rule: 'winsorized-mean', percent: 2.5 }, 'winsor(2.5%)', { of: 'examples' }],
    [{ rule: 'winsorized-mean', count: 8 }, 'winsor(8)', { of: 'examples' }],
    [{ rule: 'winsorized-mean', count: 8, groups: 20 }, 'winsor(8) of 20 means', { of: 'micro-batches', groups: 20 }],
    [{ rule: 'trimmed-mean', percent: 8 }, 'trim(8%)', { of: 'examples' }],
    [{ rule: 'trimmed-mean', count: 8 }, 'trim(8)', { of: 'examples' }],
    [{ rule: 'coordinate-median' }, 'median', { of: 'examples' }],
    [{ rule: 'mean-around-median', count: 8 }, 'meamed(8)', { of: 'examples' }],
    [{ rule: 'geometric-median' }, 'geomed', { of: 'examples' }],
    [{ rule: 'geometric-median', groups: 8 }, 'geomed of 8 means', { of: 'micro-batches', groups: 8 }],
    [{ rule: 'krum', byzantine: 2 }, 'krum(2)', { of: 'examples' }],
    [{ rule: 'krum', byzantine: 2, keep: 5 }, 'multi-krum(2, 5)', { of: 'examples' }],
    [{ rule: 'sign-agreement', threshold: 0.8 }, 'and-mask(0.8)', { of: 'examples' }],
    [{ rule: 'snr-gate' }, 'snr', { of: 'examples' }],
    [{ rule: 'snr-gate', threshold: 2 }, 'snr(2)', { of: 'examples' }],
    [
      { rule: 'gradient-agreement', threshold: 0.97, groups: 4 },
      'gaf(0.97) of 4 means',
      { of: 'micro-batches', groups: 4 },
    ],
    [{ rule: 'coherence-weighting' }, 'coherence', { of: 'examples' }],
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
    [{ rule: 'mean', percent: 8 }, "mean, option percent: required one of nonFinite, found 'percent'"],
    [{ rule: 'trimmed-mean' }, "trimmed-mean, option percent: required percent or count, found 'neither'"],
    [{ rule: 'krum' }, 'krum, option byzantine: required a whole number ≥ 0, found undefined'],
    [{ rule: 'krum', byzantine: 1, keep: 0 }, 'krum, option keep: required a whole number ≥ 1, found 0'],
    [{ rule: 'mean-around-median' }, 'mean-around-median, option count: required a whole number ≥ 0, found undefined'],
    [{ rule: 'sign-agreement' }, 'sign-agreement, option threshold: required a number from 0 to 1, found undefined'],
    [
      { rule: 'sign-agreement', threshold: 2 },
      'sign-agreement, option threshold: required a number from 0 to 1, found 2',
    ],
    [
      { rule: 'gradient-agreement', threshold: -1 },
      'gradient-agreement, option threshold: required a number from 0 to 2, found -1',
    ],
    [{ rule: 'snr-gate', threshold: 0 }, 'snr-gate, option threshold: required a finite number > 0, found 0'],
    [
      { rule: 'geometric-median', iterations: 0 },
      'geometric-median, option iterations: required a whole number ≥ 1, found 0',
    ],
    [
      { rule: 'coherence-weighting', groups: 0 },
      'coherence-weighting, option groups: required a whole number ≥ 1, found 0',
    ],
    [
      { rule: 'winsorized-mean', percent: 8, nonFinite: 'ignore' },
      "winsorized-mean, option nonFinite: required one of refuse, drop, found 'ignore'",
    ],
    [
      { rule: 'coordinate-median', sliceBytes: 0 },
      'coordinate-median, option sliceBytes: required a whole number ≥ 1, found 0',
    ],
    [
      { rule: 'winsorized-mean', percents: 8 },
      "winsorized-mean, option percents: required one of percent, count, sliceBytes, groups, nonFinite, found 'percents'",
    ],
  ])('%o says what is wrong', (spec, message) => {
    const made = makeAggregator(spec)
    expect(E.isLeft(made) && made.left.message).toBe(message)
  })

  test.each([
    [null, 'null'],
    [undefined, 'nothing'],
    ['mean', '"mean"'],
    [{ percent: 8 }, '{"percent":8}'],
  ])('says that %j is no rule', (spec, found) => {
    const made = makeAggregator(spec as never)
    const message = E.isLeft(made) ? made.left.message : ''
    expect(message.startsWith(`required a rule as plain data, { rule: 'mean' }, found ${found}: choose mean, `)).toBe(
      true,
    )
  })

  test('says which rules there are', () => {
    const made = makeAggregator({ rule: 'mode' })
    expect(E.isLeft(made) && made.left.message).toMatch(/^unknown rule 'mode': choose mean, .*winsorized-mean, .*chain/)
  })

  test.each(rules)('has options to try $rule with', ({ make, examples }) => {
    expect(examples.length).toBeGreaterThan(0)
    expect(examples.map(make).filter(E.isLeft)).toEqual([])
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

import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import {
  chain,
  clipRows,
  coordinateMedian,
  makeAggregator,
  mean,
  meanOfMeans,
  medianOfMeans,
  momentum,
  perLayer,
  rollingMedian,
  schedule,
  warmup,
  winsorizedMean,
  type RuleSpec,
} from './index.ts'

describe('rules made of others, as plain data', () => {
  const m3: RuleSpec = { rule: 'median-of-means', groups: 3 }
  const winsor: RuleSpec = { rule: 'winsorized-mean', percent: 8 }

  it.each<[RuleSpec, string, object]>([
    [{ rule: 'rolling-median' }, 'RM3', { of: 'micro-batches', groups: 1 }],
    [{ rule: 'rolling-mean', steps: 5 }, 'RA5', { of: 'micro-batches', groups: 1 }],
    [
      { rule: 'warmup', steps: 100, before: { rule: 'mean' }, after: m3 },
      'warmup(100, mean, M3)',
      { of: 'micro-batches', groups: 3 },
    ],
    [
      { rule: 'per-layer', layers: { 'dense_*': winsor }, otherwise: { rule: 'mean' } },
      'perLayer(dense_*: winsor(8%), otherwise: mean)',
      { of: 'examples' },
    ],
    [
      {
        rule: 'chain',
        stages: [
          { stage: 'clip-rows', norm: 1 },
          m3,
          { stage: 'momentum', decay: 0.9 },
          { stage: 'clip-by-norm', norm: 2 },
        ],
      },
      'chain(clipRows(1), M3, momentum(0.9), clip(2))',
      { of: 'micro-batches', groups: 3 },
    ],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', percent: { from: 0, to: 8, steps: 1000 } } },
      'schedule(0→8 in 1000: winsor(8%))',
      { of: 'examples' },
    ],
    [
      {
        rule: 'schedule',
        of: {
          rule: 'winsorized-mean',
          count: {
            stairs: [
              [0, 0],
              [50, 4],
            ],
          },
        },
      },
      'schedule(0, 4 from 50: winsor(4))',
      { of: 'examples' },
    ],
    [
      { rule: 'warmup', steps: 10, before: { rule: 'chain', stages: [winsor] }, after: winsor },
      'warmup(10, chain(winsor(8%)), winsor(8%))',
      { of: 'examples' },
    ],
  ])('%j', (spec, name, rows) => {
    const made = makeAggregator(JSON.parse(JSON.stringify(spec)) as RuleSpec)
    if (E.isLeft(made)) throw new Error(made.left.message)
    expect(made.right.name).toBe(name)
    expect(made.right.rows).toMatchObject(rows)
  })

  it.each<[RuleSpec, RegExp]>([
    [{ rule: 'chain', stages: [{ stage: 'momentum', decay: 0.9 }, m3] }, momentumFirst('M3')],
    [{ rule: 'chain' }, /^chain, option stages: required a list of stages, found nothing$/],
    [{ rule: 'chain', stages: [] }, /required exactly one rule among the stages, found none$/],
    [{ rule: 'chain', stages: [m3, winsor] }, /required exactly one rule among the stages, found M3, winsor\(8%\)$/],
    [
      { rule: 'chain', stages: [m3, { stage: 'clip-rows', norm: 1 }] },
      /clipRows\(1\) stands behind the rule M3.*before/,
    ],
    [
      { rule: 'chain', stages: [m3, { stage: 'nesterov' }] },
      /required a rule or one of the stages clip-rows, clip-by-norm/,
    ],
    [{ rule: 'chain', stages: [7] }, /stage 1: required a rule or a stage, found 7/],
    [
      { rule: 'chain', stages: [{ stage: 'clip-rows', norm: 0 }, m3] },
      /^chain, stage 1: clip-rows, option norm: required/,
    ],
    [{ rule: 'chain', stages: [{ stage: 'momentum' }, m3] }, /^chain, stage 1: momentum, option decay: required/],
    [{ rule: 'chain', stages: [m3], stage: 1 }, /option stage: required one of stages, found "stage"/],
    [{ rule: 'warmup', steps: 1.5, before: m3, after: m3 }, /steps: required a whole number ≥ 0, found 1.5/],
    [{ rule: 'warmup', steps: 1, before: m3 }, /^warmup, option after: required a rule, found nothing$/],
    [{ rule: 'warmup', steps: 1, before: m3, after: { rule: 'mode' } }, /^warmup, after: unknown rule 'mode'/],
    [
      { rule: 'warmup', steps: 1, before: m3, after: winsor },
      /required rules over the same rows, found M3 over 3 micro-batches and winsor\(8%\) over examples/,
    ],
    [{ rule: 'per-layer', layers: { d: winsor } }, /^per-layer, option otherwise: required a rule, found nothing$/],
    [{ rule: 'per-layer', layers: [winsor], otherwise: winsor }, /a rule for each pattern of layers/],
    [{ rule: 'per-layer', layers: { d: m3 }, otherwise: winsor }, /required rules over the same rows/],
    [{ rule: 'schedule', of: winsor }, /required a rule with one option that is a value by step/],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', percent: { from: 0, to: 80, steps: 10 } } },
      /^schedule: winsorized-mean, option percent: required a number from 0 to 50, found 80$/,
    ],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', count: { from: 0, to: 3, steps: 7 } } },
      /^schedule: winsorized-mean, option count: required a whole number ≥ 0/,
    ],
    [
      { rule: 'schedule', of: { rule: 'winsorized-mean', percent: { stairs: [[1, 2]] } } },
      /steps rising from 0, found \{"stairs":\[\[1,2\]\]\}/,
    ],
  ])('%j says what is wrong', (spec, message) => {
    const made = makeAggregator(spec)
    expect(E.isLeft(made) && made.left.message).toMatch(message)
  })
})

function momentumFirst(rule: string): RegExp {
  return new RegExp(`momentum\\(0.9\\) stands before the rule ${rule}: required behind it. Momentum .* before a median`)
}

describe('rules made of others, in code', () => {
  it('refuse momentum before a median, by type and by error', () => {
    // @ts-expect-error a chain begins with rows, which momentum doesn't take
    expect(() => chain(momentum({ decay: 0.9 }), medianOfMeans({ groups: 3 }))).toThrow(momentumFirst('M3'))
    // @ts-expect-error two rules
    expect(() => chain(mean(), rollingMedian())).toThrow(/exactly one rule among the stages, found mean, RM3/)
    // @ts-expect-error rows are gone
    expect(() => chain(mean(), clipRows({ norm: 1 }))).toThrow(/clipRows\(1\) stands behind the rule mean/)
  })

  it('refuse what doesn’t fit together', () => {
    expect(() => warmup(-1, mean(), mean())).toThrow('warmup: required steps to be a whole number ≥ 0, found -1')
    expect(() => warmup(1, winsorizedMean({ percent: 1 }), medianOfMeans({ groups: 3 }))).toThrow(/the same rows/)
    expect(() => perLayer({ d: medianOfMeans({ groups: 3 }), otherwise: meanOfMeans({ groups: 2 }) })).toThrow(
      'perLayer: required rules over the same rows, found M3 over 3 micro-batches and A2 over 2 micro-batches',
    )
    expect(() => schedule({ from: 0, to: 8, steps: 0 }, (percent) => winsorizedMean({ percent }))).toThrow(
      /^schedule: required a value by step/,
    )
    expect(() =>
      perLayer({ e: coordinateMedian(), otherwise: mean() }).init([{ name: 'd/kernel', shape: [2] }]),
    ).toThrow("perLayer: required a layer or weight for each pattern, found none left for 'e' among d")
  })
})

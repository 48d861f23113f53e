import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun } from '../testing/made-up-noisy-run.test-support.ts'
import { settingOf } from './fig-4/setting-of.ts'
import { wgd } from './wgd.ts'

const results = (memorises: (level: number) => number): readonly RunResult[] =>
  wgd.plan('desk', {}).map((spec) => {
    const share = memorises(settingOf({ spec } as RunResult).level)
    return madeUpNoisyRun(spec, {
      pristine: { accuracy: (t) => Math.min(0.9, 0.1 + 3 * t) },
      corrupt: { accuracy: (t) => share * t },
      testAccuracy: () => 0.7,
    })
  })

describe('wgd', () => {
  it('makes every step on the whole training set', () => {
    for (const scale of ['smoke', 'desk'] as const) {
      for (const { data, training } of wgd.plan(scale, {})) expect(training.batchSize).toBe(data.train)
    }
    expect(new Set(wgd.plan('desk', {}).map(runId)).size).toBe(45)
    expect(wgd.plan('smoke', {})).toHaveLength(9)
    expect(wgd.plan('paper', {})).toEqual([])
  })

  it('clips a whole number of examples, so that percentiles need no rounding', () => {
    for (const { data, training } of [...wgd.plan('smoke', {}), ...wgd.plan('desk', {})]) {
      const { percent } = training.aggregator as unknown as { readonly percent: number }
      expect((percent * data.train!) % 100).toBe(0)
    }
  })

  it('judges by what is memorised, either way', () => {
    const outcomes = (memorises: (level: number) => number): (string | undefined)[] =>
      wgd.judge(results(memorises)).map(({ outcome }) => outcome)
    expect(outcomes((level) => 1 / (1 + level)).slice(0, 2)).toEqual(['reproduced', 'reproduced'])
    expect(outcomes((level) => (1 + level) / 9).slice(0, 2)).toEqual(['differs', 'differs'])
    expect(new Set(wgd.judge([]).map(({ outcome }) => outcome))).toEqual(new Set(['not run']))
  })

  it('says in its captions that there are no batches', () => {
    for (const { caption, rows } of wgd.draw(results(() => 1))) {
      expect(caption).toContain('gradient descent on the whole set at once')
      expect(rows).not.toEqual([])
    }
  })
})

import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type Condition, type Evidence, judgeInterval } from './judge-interval.ts'

const judge = (condition: Condition, evidence: Evidence) =>
  judgeInterval({ claim: 'noise is orthogonal', expected: 'm·α below 3', condition, evidence, proxy: true })

describe('judgeInterval', () => {
  it('is reproduced when the whole interval is on the claimed side', () => {
    expect(judge({ below: 3 }, { samples: [1.1, 0.9, 1.3] })).toEqual({
      claim: 'noise is orthogonal',
      expected: 'm·α below 3',
      measured: '1.1 (95% interval 0.603 to 1.6, 3 seeds)',
      outcome: 'reproduced',
      proxy: true,
      number: {
        value: expect.closeTo(1.1),
        low: expect.closeTo(0.603),
        high: expect.closeTo(1.597),
        level: 0.95,
        over: '3 seeds',
      },
    })
  })

  it('says why it came out differently, where it did', () => {
    const told = (samples: readonly number[]): string | undefined => {
      const words = { claim: 'c', expected: 'e', explanation: 'It is late.', note: 'N.' }
      return judgeInterval({ ...words, condition: { below: 3 }, evidence: { samples }, proxy: true }).note
    }
    expect(told([12, 13, 14])).toBe('It is late. N.')
    expect(told([1, 1.1, 1.2])).toBe('N.')
    expect(told([2, 3, 4])).not.toContain('It is late.')
  })

  it('says how many seeds would tell where these leave it open', () => {
    expect(judge({ above: 1 }, { samples: [1, 2, 6] })).toMatchObject({
      outcome: 'inconclusive',
      note: 'More seeds would tell: about 10, if they scatter as these 3 do.',
    })
    expect(judge({ within: [0, 3] }, { samples: [2, 3, 4] }).note).toBe(
      'Fifty seeds would not tell, if they scatter as these 3 do.',
    )
  })

  it('judges ratios by their logarithms, and gives them as ratios', () => {
    const of = (samples: readonly number[]) =>
      judgeInterval({
        claim: 'c',
        expected: 'e',
        condition: { above: 1 },
        evidence: { samples },
        proxy: true,
        logarithmic: true,
      })
    expect(of([0.5, 2]).number).toMatchObject({ value: expect.closeTo(1) })
    const { outcome, number } = of([2, 4, 8])
    expect(outcome).toBe('inconclusive')
    expect(number).toMatchObject({ value: expect.closeTo(4), low: expect.closeTo(0.715), high: expect.closeTo(22.38) })
    expect(of([0.5, 2, 0])).toMatchObject({ outcome: 'inconclusive', note: '1 of 3 are no ratios above 0.' })
  })

  it('differs when the whole interval is on the other side', () => {
    expect(judge({ below: 3 }, { samples: [12, 13, 14] }).outcome).toBe('differs')
    expect(judge({ within: [0, 3] }, { samples: [-12, -13, -14] }).outcome).toBe('differs')
  })

  it('is inconclusive when the interval straddles the threshold', () => {
    expect(judge({ below: 3 }, { samples: [1, 3, 5] }).outcome).toBe('inconclusive')
    expect(judge({ within: [1, 3] }, { samples: [2.9, 3, 3.1] }).outcome).toBe('inconclusive')
  })

  it('is not run when there are no data', () => {
    expect(judge({ below: 3 }, undefined).outcome).toBe('not run')
    expect(judge({ below: 3 }, { samples: [] }).outcome).toBe('not run')
  })

  it('judges one seed as a point and says so', () => {
    const verdict = judge({ above: 2 }, { samples: [6.6] })
    expect(verdict).toMatchObject({ outcome: 'reproduced', measured: '6.6 (one seed)' })
    expect(verdict.note).toMatch(/another seed may fall elsewhere/)
    expect(judge({ above: 2 }, { samples: [2] }).outcome).toBe('inconclusive')
  })

  it('does not hide a run that went to infinity', () => {
    const verdict = judge({ below: 3 }, { samples: [1, NaN, 1] })
    expect(verdict).toMatchObject({ outcome: 'inconclusive', note: '1 of 3 are not finite.' })
  })

  it('takes the words for the number and keeps the note', () => {
    const verdict = judgeInterval({
      claim: 'noise cannot be learned',
      expected: 'about 10%',
      condition: { within: [0.05, 0.15] },
      evidence: { samples: [0.1] },
      proxy: false,
      words: (x) => `${100 * x}%`,
      note: 'Ten classes.',
    })
    expect(verdict.measured).toBe('10% (one seed)')
    expect(verdict.note).toMatch(/^Ten classes\. One seed/)
  })

  test.prop([fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.double({ noNaN: true })])(
    'never says reproduced of a claim and of its opposite',
    (a, b, threshold) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const evidence = { interval: { estimate: low, low, high, level: 0.95, over: 'a guess' } }
      const [above, below] = [
        judge({ above: threshold }, evidence).outcome,
        judge({ below: threshold }, evidence).outcome,
      ]
      expect([above, below].toSorted()).toEqual(
        above === 'inconclusive' ? ['inconclusive', 'inconclusive'] : ['differs', 'reproduced'],
      )
    },
  )

  it('cuts an interval off where the number can’t be, and not the estimate', () => {
    const judgement = {
      claim: 'most are fitted',
      expected: 'more than half',
      condition: { above: 0.5 },
      proxy: true,
      words: (x: number) => x.toFixed(2),
    }
    const evidence = { samples: [0.9, 1, 0.98] }
    expect(judgeInterval({ ...judgement, evidence }).measured).toBe('0.96 (95% interval 0.83 to 1.09, 3 seeds)')
    const cut = judgeInterval({ ...judgement, evidence, range: [0, 1] })
    expect(cut).toMatchObject({ measured: '0.96 (95% interval 0.83 to 1.00, 3 seeds)', outcome: 'reproduced' })
    expect(cut.number?.high).toBe(1)
  })
})

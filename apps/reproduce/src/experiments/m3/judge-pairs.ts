import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Judgement } from '../../verdict/judge-interval.ts'
import { noteBySeed } from '../note-by-seed.ts'
import type { Pair } from './pairs.ts'

/** A claim about pairs of runs, one pair a seed. */
export interface PairClaim extends Pick<Judgement, 'claim' | 'expected' | 'condition' | 'words' | 'explanation'> {
  readonly pairs: readonly Pair[]
  readonly measure: (pair: Pair) => number
  /** What was seen of a seed, beside the number itself. */
  readonly seen: (pair: Pair) => string
  /** What should be known of all seeds. `explanation` is of what stands in for ImageNet, and said where something does. */
  readonly remark?: string
}

/** Judges a claim over seeds; no proxy where it is ImageNet itself. */
export function judgePairs({ pairs, measure, seen, remark, explanation, ...claim }: PairClaim): Verdict {
  const proxy = pairs.length === 0 || pairs.some(({ m3 }) => m3.spec.data.dataset !== 'imagenet')
  const { note = '' } = noteBySeed(pairs, seen)
  return judgeInterval({
    ...claim,
    evidence: { samples: pairs.map(measure) },
    proxy,
    explanation: proxy ? explanation : undefined,
    ...(note === '' ? {} : { note: remark === undefined ? note : `${note} ${remark}` }),
  })
}

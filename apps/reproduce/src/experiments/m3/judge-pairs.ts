import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Judgement } from '../../verdict/judge-interval.ts'
import { noteBySeed } from '../note-by-seed.ts'
import type { Pair } from './pairs.ts'

/** A claim about pairs of runs, one pair a seed. Its `explanation` is of what stands in for ImageNet, and said where something does. */
export interface PairClaim extends Pick<Judgement, 'claim' | 'expected' | 'condition' | 'words' | 'explanation'> {
  readonly pairs: readonly Pair[]
  readonly measure: (pair: Pair) => number
  /** What was seen of a seed, beside the number itself. */
  readonly seen: (pair: Pair) => string
}

/** Judges a claim over seeds; no proxy where it is ImageNet itself. */
export function judgePairs({ pairs, measure, seen, explanation, ...claim }: PairClaim): Verdict {
  const proxy = pairs.length === 0 || pairs.some(({ m3 }) => m3.spec.data.dataset !== 'imagenet')
  return judgeInterval({
    ...claim,
    evidence: { samples: pairs.map(measure) },
    proxy,
    explanation: proxy ? explanation : undefined,
    ...noteBySeed(pairs, seen),
  })
}

import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { isProxy } from '../is-proxy.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { points, times } from '../words.ts'
import { gapsOf, type Gap, type Gaps } from './gaps.ts'
import { withMinus } from '../../text/with-minus.ts'

/** What the gap shrinks to, at most, from the fewest to the most examples. */
const HALF = 0.5
/** "Good generalization": so many points of accuracy between training and test at most. */
const SMALL = 0.1
/** "Harder to fit": so many points of training accuracy less. */
const HARDER = 0.2

/** The claims of footnote 15. */
export function judgeGaps(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const all = gapsOf(results).filter(({ gaps }) => gaps.length > 1)
  const random = all.filter(({ arm }) => arm === 'random')
  const real = all.filter(({ arm }) => arm === 'real')
  const proxy = isProxy(results)
  return [
    judgeInterval({
      claim: 'On random labels the gap shrinks as the number of examples grows',
      expected: `gap in loss with the most examples over that with the fewest, after as many steps, below ${HALF}`,
      condition: { below: HALF },
      evidence: overSeeds(random, shrinks),
      words: times,
      proxy,
      ...noteBySeed(random, gapsInWords),
    }),
    judgeInterval({
      claim: 'With many examples there is hardly a gap even on random labels',
      expected: `training less test accuracy with the most examples below ${points(SMALL)}`,
      condition: { below: SMALL },
      evidence: overSeeds(random, ({ gaps }) => gaps.at(-1)!.trainAccuracy - gaps.at(-1)!.testAccuracy),
      words: points,
      proxy,
    }),
    judgeInterval({
      claim: 'For random labels get harder to fit',
      expected: `training accuracy on random labels with the fewest examples less that with the most, above ${points(HARDER)}`,
      condition: { above: HARDER },
      evidence: overSeeds(random, ({ gaps }) => gaps[0]!.trainAccuracy - gaps.at(-1)!.trainAccuracy),
      words: points,
      proxy,
    }),
    judgeInterval({
      claim: 'On true labels the gap shrinks as well',
      expected: `gap in loss with the most examples over that with the fewest, after as many steps, below ${HALF}`,
      condition: { below: HALF },
      evidence: overSeeds(real, shrinks),
      words: times,
      proxy,
      ...noteBySeed(real, gapsInWords),
    }),
  ]
}

const lossGap = ({ testLoss, trainLoss }: Gap): number => testLoss - trainLoss

const shrinks = ({ gaps }: Gaps): number => lossGap(gaps.at(-1)!) / lossGap(gaps[0]!)

function gapsInWords({ gaps }: Gaps): string {
  return gaps
    .map((gap) => `${withMinus(lossGap(gap).toPrecision(2))} at ${gap.examples.toLocaleString('en')}`)
    .join(', ')
}

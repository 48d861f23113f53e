import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { type EasyAndHardRun, kinds, testAccuracy } from '../fig-7/outcome.ts'
import { percent, points } from '../words.ts'

/** "Much lower": less than half. The paper's 17% of 71% are a quarter. */
const MUCH = 0.5

/** The claims of §8 about Figure 8. */
export function judgeAcrossKinds(runs: readonly EasyAndHardRun[]): readonly Verdict[] {
  const over = (measure: (run: EasyAndHardRun) => number): Evidence => ({ samples: runs.map(measure) })
  const accuracies = (run: EasyAndHardRun): string =>
    kinds.flatMap((from) => kinds.map((to) => `${from} → ${to} ${percent(testAccuracy(run, from, to))}`)).join(', ')
  return [
    judgeInterval({
      claim: 'Hard examples by themselves say less about easy ones than other easy ones do',
      expected: 'test accuracy on easy examples, trained on easy less trained on hard ones: above 0',
      condition: { above: 0 },
      evidence: over((run) => testAccuracy(run, 'easy', 'easy') - testAccuracy(run, 'hard', 'easy')),
      words: points,
      proxy: true,
      ...(runs.length === 0 ? {} : { note: runs.map((run) => `Seed ${run.spec.seed}: ${accuracies(run)}.`).join(' ') }),
    }),
    judgeInterval({
      claim: 'Much less: the decision boundary isn’t drawn by the hard examples alone',
      expected: `test accuracy on easy examples, trained on hard as a part of trained on easy ones: below ${MUCH} (the paper: 17% of 71%, 0.24)`,
      condition: { below: MUCH },
      evidence: over((run) => testAccuracy(run, 'hard', 'easy') / testAccuracy(run, 'easy', 'easy')),
      proxy: true,
    }),
  ]
}

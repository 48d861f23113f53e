import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import {
  type EasyAndHardRun,
  gapOf,
  kinds,
  ofEach,
  ratioAlone,
  ratioApart,
  ratioTogether,
  stepsToFit,
} from './outcome.ts'
import { median } from '../../statistics/median.ts'
import { asRatio, percent, points, times } from '../words.ts'

/** Steps of the first transient, during which coherence is high on any data (Appendix F of the paper). */
const TRANSIENT = 25
/** "Learned": that share of the training examples is fitted. */
const LEARNED = 0.9
/** "No difference": the ratio of steps within 0.8 and 1.25, as for the equivalence of medicines. */
const SAME: readonly [number, number] = [0.8, 1.25]

/** The claims of §8 about easy and hard examples, but for what one kind says about the other (Figure 8). */
export function judgeEasyAndHard(runs: readonly EasyAndHardRun[]): readonly Verdict[] {
  const over = (measure: (run: EasyAndHardRun) => number): Evidence => ({ samples: runs.map(measure) })
  const proxy = true
  return [
    judgeInterval({
      claim: 'A set of easy examples is more coherent than a set of hard ones',
      expected: 'm·α of the easy over that of the hard at equal training loss, each trained on alone, equal m: above 1',
      condition: { above: 1 },
      evidence: over((run) => ratioApart(run)),
      ...asRatio,
      proxy,
    }),
    judgeInterval({
      claim: 'So easy examples generalise better to others of their kind',
      expected: 'generalisation gap (training − test accuracy) of hard less that of easy examples: above 0',
      condition: { above: 0 },
      evidence: over((run) => gapOf(run, 'hard') - gapOf(run, 'easy')),
      words: points,
      proxy,
      ...noteOf(runs, (run) => kinds.map((kind) => `${kind} ${percent(gapOf(run, kind))}`).join(', ')),
    }),
    judgeInterval({
      claim: 'Easy examples are learned faster, each kind alone with its like',
      expected: `steps until ${percent(LEARNED)} of the training examples are fitted, hard over easy: above 1`,
      condition: { above: 1 },
      evidence: over((run) => stepsToFit(run, 'hard', LEARNED) / stepsToFit(run, 'easy', LEARNED)),
      ...asRatio,
      proxy,
      ...noteOf(runs, (run) => kinds.map((kind) => `${kind} by step ${stepsToFit(run, kind, LEARNED)}`).join(', ')),
    }),
    judgeInterval({
      claim: 'The same is seen while one network is trained on all examples',
      expected: `m·α of the easy over that of the hard at the same weights, equal m, after step ${TRANSIENT}: above 1`,
      condition: { above: 1 },
      evidence: over((run) => ratioTogether(run, TRANSIENT)),
      ...asRatio,
      proxy,
      setting: {
        paper: 'ResNet-50 on ImageNet; unreliable, says footnote 29, because of batch normalisation',
        here: 'a network without batch normalisation, trained on all of the pool',
      },
    }),
    judgeInterval({
      claim: 'Nothing in an easy example itself makes it quick to learn: alone it takes as many steps as a hard one',
      expected: `steps to fit a single example, hard over easy: within ${SAME[0]} and ${SAME[1]}`,
      condition: { within: SAME },
      evidence: over((run) => ratioAlone(run, 'steps')),
      ...asRatio,
      proxy,
      setting: {
        paper: 'no statistically significant difference, which too few examples would show as well',
        here: 'pairs of one class from the same weights, held against a margin set beforehand',
      },
      ...noteOf(
        runs,
        (run) =>
          `${kinds.map((kind) => `${kind} ${median(ofEach(run, kind, 'steps'))}`).join(', ')} steps at the median, the first gradient ` +
          `${times(ratioAlone(run, 'norm'))} as long`,
      ),
    }),
  ]
}

function noteOf(runs: readonly EasyAndHardRun[], words: (run: EasyAndHardRun) => string): { readonly note?: string } {
  if (runs.length === 0) return {}
  return { note: runs.map((run) => `Seed ${run.spec.seed}: ${words(run)}.`).join(' ') }
}

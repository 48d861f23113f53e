import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Condition } from '../../verdict/judge-interval.ts'
import { conditionsOf, noted, type Ranked } from './rankings.ts'
import { mean } from '../../statistics/mean.ts'
import { percent, points } from '../words.ts'

const AREA = 'area under the ROC curve'
const PRECISION = 'average precision'
/** "Tells right from wrong": a wrong label scores above a right one at least so often. */
const TELLS = 0.8

/** Whether help of the others finds wrong labels, when, and better than what is usually taken. */
export function judgeRankings(runs: readonly Ranked[]): readonly Verdict[] {
  const verdict = (
    claim: string,
    expected: string,
    condition: Condition,
    words: (x: number) => string,
    measure: (run: Ranked) => number,
    explanation?: string,
  ): Verdict => {
    const note = [...conditionsOf(runs)].map(([name, own]) => `${name}: ${words(mean(own.map(measure)))}`).join('; ')
    return judgeInterval({
      claim,
      expected,
      condition,
      words,
      proxy: true,
      explanation,
      evidence: { samples: perSeed(runs, measure) },
      ...(note === '' ? {} : { note: `By condition: ${note}.` }),
    })
  }
  const better = (claim: string, other: (run: Ranked) => number, what: string, explanation: string): Verdict =>
    verdict(
      claim,
      `average precision of help, a third through the first epoch, less that of ${what}, mean over conditions, above 0`,
      { above: 0 },
      points,
      (run) => noted(run, 'help', PRECISION, 'first') - other(run),
      explanation,
    )
  return [
    verdict(
      'The others help an example with a wrong label less than one with a right label',
      `a wrong label ranks above a right one by help, a third through the first epoch, in more than ${percent(TELLS)} of the pairs, mean over conditions`,
      { above: TELLS },
      percent,
      (run) => noted(run, 'help', AREA, 'first'),
      'Examples with wrong labels have the largest gradients, so they are among those that the others hurt most, and among ' +
        'those that they help most: the sign of a product with a sum that training has nearly balanced is a matter of the ' +
        `moment. It is less the lengths: by direction alone it is ${percent(mean(runs.map((run) => noted(run, 'direction', AREA, 'first'))))} ` +
        'of the pairs. Help that is summed over every step of the first epoch would settle it.',
    ),
    verdict(
      'Help tells more in the first steps, before wrong labels are fitted, than late',
      'area under the ROC curve of help, a third through the first epoch, less that in the end, mean over conditions, above 0',
      { above: 0 },
      points,
      (run) => noted(run, 'help', AREA, 'first') - noted(run, 'help', AREA, 'late'),
    ),
    better(
      'In the first steps help finds wrong labels better than the loss does',
      (run) => noted(run, 'loss', PRECISION, 'first'),
      'the loss at the same weights',
      'The loss is how far the label is from what the network expects; help hangs on the gradient’s length as well, and on what ' +
        'the others ask for at that moment. Help of examples among those of their own class would settle which of the two it is.',
    ),
    better(
      'Help finds wrong labels better than the margin does',
      (run) => noted(run, 'margin', PRECISION, 'throughout'),
      'the margin, mean over training',
      'Help is that of one moment; a margin that is small all along the way is not. Help that is summed over every step would settle it.',
    ),
    better(
      'Help finds wrong labels better than confident learning does',
      (run) => noted(run, 'confident learning', PRECISION, 'early'),
      'confident learning',
      'Confident learning asks networks that weren’t trained on the example, which haven’t begun to fit its label. Help by the ' +
        'gradients of such networks would settle it.',
    ),
  ]
}

/** One number for each seed: the mean over its conditions. */
function perSeed(runs: readonly Ranked[], measure: (run: Ranked) => number): readonly number[] {
  const seeds = [...new Set(runs.map((run) => run.spec.seed))]
  return seeds.map((seed) => mean(runs.filter((run) => run.spec.seed === seed).map(measure)))
}

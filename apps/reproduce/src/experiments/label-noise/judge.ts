import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { bySeed, conditionsOf, nameOf, type Condition, type SeedOutcomes } from './conditions-of.ts'
import { methods, type Method } from './methods.ts'
import type { Moment, Outcome } from './outcome.ts'
import { mean } from '../../statistics/mean.ts'
import { points } from '../words.ts'

const SLOW_NOT_CHOOSY =
  'At the same fit of right labels the rule has fitted more of the wrong ones: it is slower rather than choosier. Runs of a rule ' +
  'for as long as it takes would settle it.'
const REMEDIES_KNOW_MORE =
  'Small-loss selection is told the share of wrong labels, which no rule is, and leaves out whole examples; and a rule that ' +
  'suppresses makes less way in the steps that are the same for all. A selection that is told a wrong share, and a learning ' +
  'rate of each rule’s own, would settle it.'

type Measure = (outcomes: SeedOutcomes) => number | undefined

/** The paper's claim about memorising, and whether not memorising makes the better network. Unfinished runs are left out. */
export function judgeLabelNoise(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const present = results.filter((result): result is RunResult => result !== undefined)
  const noisy = conditionsOf(present).filter(({ noise }) => noise > 0)
  const verdict = (claim: string, expected: string, measure: Measure, explanation?: string): Verdict =>
    judgeInterval({
      claim,
      expected,
      condition: { above: 0 },
      evidence: perSeed(noisy, measure),
      words: points,
      proxy: true,
      explanation,
      ...noteOf(noisy, measure),
    })
  const named =
    (name: string, of: (outcome: Outcome, plain: Outcome) => number): Measure =>
    ({ plain, others }) => {
      const method = methods(1).find((each) => each.name === name)
      const found = [...others].find(([each]) => each.name === method?.name)?.[1]
      return found === undefined ? undefined : of(found, plain)
    }
  const rules = (method: Method): boolean => method.kind === 'rule'
  const remedies = (method: Method): boolean => method.kind === 'loss' || method.kind === 'selection'
  return [
    ...['winsor(8%)', 'M3'].flatMap((name) => [
      verdict(
        `At equal steps ${name} fits fewer of the wrong labels than plain SGD`,
        'plain SGD’s accuracy on wrong labels in the end less the rule’s, mean over noisy conditions, above 0',
        named(name, (outcome, plain) => plain.end.corrupt - outcome.end.corrupt),
      ),
      verdict(
        `And ${name} is choosy: it fits fewer wrong labels than plain SGD did when it fitted as many right ones`,
        'the same, with each taken where it first fits as many right labels as the rule in the end, above 0',
        named(
          name,
          (outcome, plain) => memorisedAt(plain, outcome.end.pristine) - memorisedAt(outcome, outcome.end.pristine),
        ),
        SLOW_NOT_CHOOSY,
      ),
    ]),
    verdict(
      'Trained to the end, a rule makes a better network than plain SGD that is stopped early',
      'test accuracy of the rule that the noisy validation examples choose among all, less that of plain SGD stopped by them, mean over noisy conditions, above 0',
      ({ plain, others }) =>
        difference(
          chosen(others, rules, (outcome) => outcome.end),
          plain.stopped,
        ),
    ),
    verdict(
      'A rule that is stopped early makes a better network than plain SGD that is stopped early',
      'the same, with the rule stopped early too, above 0',
      ({ plain, others }) =>
        difference(
          chosen(others, rules, (outcome) => outcome.stopped),
          plain.stopped,
        ),
    ),
    verdict(
      'A rule makes a better network than losses and selections that are made for wrong labels',
      'test accuracy of the rule less that of the remedy, both stopped early and chosen by the noisy validation examples, above 0',
      ({ others }) =>
        difference(
          chosen(others, rules, (outcome) => outcome.stopped),
          chosen(others, remedies, (outcome) => outcome.stopped),
        ),
      REMEDIES_KNOW_MORE,
    ),
  ]
}

/** Of some methods, the weights that validation likes best: of equal ones the first. Nothing here sees the test set. */
function chosen(
  others: ReadonlyMap<Method, Outcome>,
  among: (method: Method) => boolean,
  at: (outcome: Outcome) => Moment,
): Moment | undefined {
  const moments = [...others].filter(([method]) => among(method)).map(([, outcome]) => at(outcome))
  return moments.toSorted((a, b) => b.validation - a.validation)[0]
}

function difference(a: Moment | undefined, b: Moment | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a.test - b.test
}

/**
 * How many wrong labels a run has fitted where it first fits so many of the right ones, between looks along a straight line;
 * in the end if it never does.
 */
function memorisedAt({ moments, end }: Outcome, pristine: number): number {
  const at = moments.findIndex((moment) => moment.pristine >= pristine)
  const [before, after] = [moments[at - 1], moments[at] ?? end]
  if (before === undefined) return after.corrupt
  const share = (pristine - before.pristine) / (after.pristine - before.pristine)
  return before.corrupt + share * (after.corrupt - before.corrupt)
}

/** One number for each seed: the mean over the conditions in which the seed is finished. */
function perSeed(conditions: readonly Condition[], measure: Measure): Evidence {
  const seeds = [...new Set(conditions.flatMap((each) => bySeed(each).map(({ seed }) => seed)))]
  const samples = seeds.flatMap((seed) => {
    const own = conditions.flatMap((each) => bySeed(each).filter((outcomes) => outcomes.seed === seed))
    const values = own.flatMap((outcomes) => measure(outcomes) ?? [])
    return values.length === 0 ? [] : [mean(values)]
  })
  return { samples }
}

/** Condition by condition, the mean over the seeds. */
function noteOf(conditions: readonly Condition[], measure: Measure): { readonly note?: string } {
  const parts = conditions.flatMap((each) => {
    const values = bySeed(each).flatMap((outcomes) => measure(outcomes) ?? [])
    return values.length === 0 ? [] : [`${nameOf(each)} ${points(mean(values))}`]
  })
  return parts.length === 0 ? {} : { note: `By condition: ${parts.join('; ')}.` }
}

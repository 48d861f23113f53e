import type { RuleSpec } from '@coherent-gradients/aggregators'
import type { RunResult } from '../../run-result.ts'
import { isOwnRuleFile } from '../../run-spec.ts'

export type RuleName = 'M3' | 'A3'

export const ruleNames: readonly RuleName[] = ['M3', 'A3']

/** The two ways to make one gradient of 3 micro-batches: they differ in this alone (footnote 28). */
export const rules: Readonly<Record<RuleName, RuleSpec>> = {
  M3: { rule: 'median-of-means', groups: 3 },
  A3: { rule: 'mean-of-means', groups: 3 },
}

/** Which of the two a run is trained by; undefined for a rule of the user's own, be it one of the two. */
export function ruleOf({ spec }: RunResult): RuleName | undefined {
  const { aggregator } = spec.training
  if (spec.ownRule !== undefined || isOwnRuleFile(aggregator)) return undefined
  return ruleNames.find((name) => rules[name].rule === aggregator.rule)
}

/** What figures call a run's rule: one of the two, or the user's own by its name. */
export function ruleNameOf(run: RunResult): string {
  return ruleOf(run) ?? run.spec.ownRule ?? ''
}

/** The two, then the user's own where some run is trained by it. */
export function ruleNamesIn(runs: readonly RunResult[]): readonly string[] {
  return [...new Set([...ruleNames, ...runs.flatMap(({ spec }) => spec.ownRule ?? [])])]
}

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

/** Which of the two a run is trained by; undefined for a rule of the user's own. */
export function ruleOf({ spec }: RunResult): RuleName | undefined {
  const { aggregator } = spec.training
  return isOwnRuleFile(aggregator) ? undefined : ruleNames.find((name) => rules[name].rule === aggregator.rule)
}

import type { AggregatorFailure } from '@coherent-gradients/aggregators'
import { either as E } from 'fp-ts'
import type { NoRuleGiven, OwnRule, RuleFileFailure } from './own-rule.ts'
import { readOwnRule } from './read-own-rule.ts'

type RuleFailure = RuleFileFailure | NoRuleGiven | AggregatorFailure

/** The rule that the command line names, if it names one, as part of a plan's request. */
export async function givenRule({
  aggregator,
}: {
  readonly aggregator?: string
}): Promise<E.Either<RuleFailure, { readonly own?: OwnRule }>> {
  if (aggregator === undefined) return E.right({})
  return E.map((own: OwnRule) => ({ own }))(await readOwnRule(aggregator)())
}

/** Whether the command line itself is wrong, and not the file that it names. */
export function isUsage({ _tag }: RuleFailure): boolean {
  return _tag !== 'UnreadableRuleFile' && _tag !== 'NoRuleInFile'
}

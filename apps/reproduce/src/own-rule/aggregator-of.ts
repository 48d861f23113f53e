import { makeAggregator } from '@coherent-gradients/aggregators'
import type { Failure } from '@coherent-gradients/core'
import type { Aggregator } from '@coherent-gradients/gradients'
import { function as fn, taskEither as TE } from 'fp-ts'
import { isOwnRuleFile, type AggregatorSpec } from '../run-spec.ts'
import { checkedRule } from './checked-rule.ts'
import { keptRuleFile } from './kept-rule.ts'
import { loadRule } from './load-rule.ts'

/** The rule that a run's spec names: one of the aggregators package, or the user's own, as the runs' folder keeps it. */
export function aggregatorOf(spec: AggregatorSpec, runs: string): TE.TaskEither<Failure, Aggregator> {
  if (!isOwnRuleFile(spec)) return TE.fromEither(makeAggregator(spec))
  return fn.pipe(
    loadRule(keptRuleFile(runs, spec), spec.sha256),
    TE.map(({ rule }) => checkedRule(rule)),
  )
}

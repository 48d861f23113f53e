import type { Failure } from '@coherent-gradients/core'
import type { AggregatorSpec } from '../run-spec.ts'

/** A rule that the user set, as plain data: what `plan.json` keeps of it. */
export interface OwnRule {
  /** As it was given to `--aggregator`. */
  readonly given: string
  /** What figures call it. */
  readonly name: string
  readonly spec: AggregatorSpec
  /** Of how many micro-batches it makes one gradient, where its rows are micro-batches. */
  readonly groups?: number
}

/** A rule's file that can't be read, or that gives no rule. */
export type RuleFileFailure = Failure<'UnreadableRuleFile' | 'NoRuleInFile', { readonly file: string }>

/** What `--aggregator` was given that is neither a file nor plain data. */
export type NoRuleGiven = Failure<'NoRuleGiven', { readonly found: string }>

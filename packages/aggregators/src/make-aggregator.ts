import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { combinators } from './combinators.ts'
import type { AggregatorFailure } from './failures.ts'
import { rules } from './rules.ts'

/** A rule by name and its options, as plain data: `{ rule: 'winsorized-mean', percent: 8 }`. */
export type RuleSpec = { readonly rule: string; readonly [option: string]: unknown }

/**
 * Makes an aggregator from plain data. The options are the rule's own: see each rule. Rules made of others hold their
 * specs: `chain` (`stages`), `per-layer` (`layers`, `otherwise`), `warmup` (`steps`, `before`, `after`), `schedule` (`of`).
 *
 * @returns `UnknownRule` with the known ones, or `InvalidOption` with what was required and found.
 *
 * @example
 * makeAggregator({ rule: 'median-of-means', groups: 3 }) // right(M3)
 * makeAggregator({ rule: 'mode' })                       // left: unknown rule 'mode': choose mean, …
 */
export function makeAggregator(spec: RuleSpec): E.Either<AggregatorFailure, Aggregator> {
  const known = [...rules, ...combinators].map(({ rule: name }) => name)
  const unknown = (found: unknown, what: string): E.Either<AggregatorFailure, never> =>
    E.left({ _tag: 'UnknownRule', message: `${what}: choose ${known.join(', ')}`, found, known })
  // A spec often comes from a file, or out of JSON.
  if (typeof spec !== 'object' || spec === null || typeof spec.rule !== 'string') {
    return unknown(spec, `required a rule as plain data, { rule: 'mean' }, found ${JSON.stringify(spec) ?? 'nothing'}`)
  }
  const { rule: found, ...options } = spec
  const rule = rules.find(({ rule: name }) => name === found)
  if (rule !== undefined) return rule.make(options)
  const combinator = combinators.find(({ rule: name }) => name === found)
  if (combinator !== undefined) return combinator.make(options, (inner) => makeAggregator(inner as RuleSpec))
  return unknown(found, `unknown rule '${found}'`)
}

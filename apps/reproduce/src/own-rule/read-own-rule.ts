import { makeAggregator, rules, type AggregatorFailure, type RuleSpec } from '@coherent-gradients/aggregators'
import type { Aggregator } from '@coherent-gradients/gradients'
import { either as E, function as fn, taskEither as TE } from 'fp-ts'
import { basename } from 'node:path'
import type { AggregatorSpec } from '../run-spec.ts'
import { loadRule } from './load-rule.ts'
import type { NoRuleGiven, OwnRule, RuleFileFailure } from './own-rule.ts'

/**
 * What `--aggregator` names: a file (`./mine.ts`), plain data (`{"rule":"winsorized-mean","percent":4}`), or a rule's name
 * where it needs no options, as a spec says it (`coordinate-median`) or as figures do (`median`, `M3`). The rule is made once, so that what is wrong with it is said at once.
 */
export function readOwnRule(given: string): TE.TaskEither<RuleFileFailure | NoRuleGiven | AggregatorFailure, OwnRule> {
  if (/\.m?[jt]s$/.test(given)) {
    return fn.pipe(
      loadRule(given),
      TE.map(({ rule, sha256 }) => ownRule(given, rule, { file: basename(given), sha256 })),
    )
  }
  return TE.fromEither(
    fn.pipe(
      specOf(given.trim()),
      E.chainW((spec) => E.map((rule: Aggregator) => ownRule(given, rule, spec))(makeAggregator(spec))),
    ),
  )
}

function ownRule(given: string, { name, rows }: Aggregator, spec: AggregatorSpec): OwnRule {
  return { given, name, spec, ...(rows.of === 'micro-batches' ? { groups: rows.groups } : {}) }
}

function specOf(text: string): E.Either<NoRuleGiven, RuleSpec> {
  if (!text.startsWith('{')) return E.right(specByName(text) ?? { rule: text })
  try {
    const spec = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof spec['rule'] === 'string') return E.right(spec as RuleSpec)
  } catch {
    // Said below, as what has no rule is.
  }
  const message = `--aggregator ${text}: required a file (./mine.ts), a rule’s name, or JSON such as {"rule":"winsorized-mean","percent":4}`
  return E.left({ _tag: 'NoRuleGiven', message, found: text })
}

/** The spec of a rule that figures call so, without options or of three micro-batches. */
function specByName(name: string): RuleSpec | undefined {
  for (const options of [{}, { groups: 3 }]) {
    const named = rules.find(({ make }) => {
      const made = make(options)
      return E.isRight(made) && made.right.name === name
    })
    if (named !== undefined) return { rule: named.rule, ...options }
  }
  return undefined
}

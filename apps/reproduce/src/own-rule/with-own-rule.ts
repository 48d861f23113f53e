import { canonicalJson } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { createHash } from 'node:crypto'
import type { UsageFailure } from '../commands/find-experiment.ts'
import type { Experiment } from '../experiment.ts'
import type { RunSpec, TrainingSpec } from '../run-spec.ts'
import type { OwnRule } from './own-rule.ts'

/** An experiment with a user's rule in it. */
export interface WithOwnRule {
  readonly definition: Experiment<RunSpec>
  readonly specs: readonly RunSpec[]
}

/**
 * Sets a user's rule into an experiment's runs. An experiment that compares rules takes it as one more arm, in each of its
 * settings, where it can draw one (`ownArm`); one that compares something else trains every run by it, and its verdicts
 * are then stand-ins for the paper's.
 */
export function withOwnRule(
  definition: Experiment<RunSpec>,
  specs: readonly RunSpec[],
  own: OwnRule,
): E.Either<UsageFailure, WithOwnRule> {
  const refused = (why: string): E.Either<UsageFailure, never> =>
    E.left({ _tag: 'NoOwnRule', message: `--aggregator ${own.given}: ${definition.id} ${why}` })
  const trained = specs.filter((spec): spec is TrainingSpec => spec.task === undefined)
  if (trained.length < specs.length || trained.length === 0) return refused('trains no network by a rule')
  const firstOf = new Map(trained.toReversed().map((spec) => [settingOf(spec), spec]))
  const compares = firstOf.size < trained.length
  const { ownArm } = definition
  if (ownArm !== undefined) {
    const firsts = trained.filter((spec) => firstOf.get(settingOf(spec)) === spec)
    const besides = firsts.map((first) => byOwnRule(first, own, ownArm(first, own.name)))
    return E.right({ definition, specs: [...specs, ...besides] })
  }
  if (compares) return refused('compares rules of its own and draws no other')
  return E.right({
    definition: {
      ...definition,
      title: `${definition.title} (trained by ${own.name})`,
      judge: (results) => definition.judge(results).map((verdict) => ({ ...verdict, proxy: true })),
    },
    specs: trained.map((spec) => byOwnRule(spec, own, spec.arm)),
  })
}

/** Names the rule in the plan's folder: `winsor-4-1a2b3c4d`. */
export function ownRulePart({ name, spec }: OwnRule): string {
  const hash = createHash('sha256').update(canonicalJson(spec)).digest('hex').slice(0, 8)
  return `aggregator=${[...name.matchAll(/[\w.]+/g)].join('-').slice(0, 40)}-${hash}`
}

/** What a run shares with those that differ from it in the rule alone. */
function settingOf({ arm: _arm, training: { aggregator: _rule, ...training }, ...spec }: TrainingSpec): string {
  return canonicalJson({ ...spec, training })
}

function byOwnRule(spec: TrainingSpec, own: OwnRule, arm: string): TrainingSpec {
  return { ...spec, arm, ownRule: own.name, training: { ...spec.training, aggregator: own.spec } }
}

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
 * are then stand-ins for the paper's. A rule over k micro-batches gets batches that k divides, and the title says so.
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
    const besides = firsts.flatMap((first) => {
      const arm = ownArm(first, own.name)
      return arm === undefined ? [] : [byOwnRule(first, own, arm)]
    })
    const otherwise = batchesIn(firsts, besides)
    const title = otherwise === undefined ? definition.title : `${definition.title} (${own.name} ${otherwise})`
    return E.right({ definition: { ...definition, title }, specs: [...specs, ...besides] })
  }
  if (compares) return refused('compares rules of its own and draws no other')
  const byOwn = trained.map((spec) => byOwnRule(spec, own, spec.arm))
  const otherwise = batchesIn(trained, byOwn)
  return E.right({
    definition: {
      ...definition,
      title: `${definition.title} (trained by ${own.name}${otherwise === undefined ? '' : ` ${otherwise}`})`,
      judge: (results) => definition.judge(results).map((verdict) => ({ ...verdict, proxy: true })),
    },
    specs: byOwn,
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
  const { groups = 1 } = own
  const batchSize = divisible(spec.training.batchSize, groups, spec.data.train)
  return { ...spec, arm, ownRule: own.name, training: { ...spec.training, batchSize, aggregator: own.spec } }
}

/** The next batch size that k divides: up, or where there are too few examples for that, down; as it is where neither can be. */
function divisible(batchSize: number, k: number, examples = Number.POSITIVE_INFINITY): number {
  const up = Math.ceil(batchSize / k) * k
  const down = Math.floor(batchSize / k) * k
  return up <= examples ? up : down > 0 ? down : batchSize
}

/** The batches of runs, in words, where they aren't those that an experiment has. */
function batchesIn(usual: readonly TrainingSpec[], runs: readonly TrainingSpec[]): string | undefined {
  const sizes = (specs: readonly TrainingSpec[]): readonly number[] => [
    ...new Set(specs.map(({ training }) => training.batchSize)),
  ]
  const known = sizes(usual)
  const found = sizes(runs)
  return found.every((size) => known.includes(size)) ? undefined : `in batches of ${found.join(' and ')}`
}

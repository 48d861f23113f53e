import type { RunResult } from '../../run-result.ts'
import { methods, plain, type Method } from './methods.ts'
import { outcomeOf, type Outcome } from './outcome.ts'

/** The finished runs of one data set, kind and share of wrong labels. */
export interface Condition {
  readonly dataset: string
  readonly scheme: 'symmetric' | 'pair-flipped'
  readonly noise: number
  /** By method, then by seed. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<number, Outcome>>
}

/** `mnist, symmetric 50%`; where no label is wrong, `mnist, right labels`. */
export function nameOf({ dataset, scheme, noise }: Pick<Condition, 'dataset' | 'scheme' | 'noise'>): string {
  return noise === 0 ? `${dataset}, right labels` : `${dataset}, ${scheme} ${Number((100 * noise).toFixed(1))}%`
}

/** Groups runs by condition, in the order in which they come. */
export function conditionsOf(runs: readonly RunResult[]): readonly Condition[] {
  const found = new Map<string, Condition & { readonly outcomes: Map<string, Map<number, Outcome>> }>()
  for (const run of runs) {
    const { dataset, noise: put } = run.spec.data
    const outcome = outcomeOf(run)
    const method = methodOf(run)
    if (outcome === undefined || method === undefined) continue
    const noise = put.kind === 'labels' ? put.fraction : 0
    const scheme = put.kind === 'labels' && put.scheme === 'pair-flipped' ? 'pair-flipped' : 'symmetric'
    const name = nameOf({ dataset, scheme, noise })
    const condition = found.get(name) ?? { dataset, scheme, noise, outcomes: new Map() }
    found.set(name, condition)
    const ofMethod = condition.outcomes.get(method) ?? new Map<number, Outcome>()
    condition.outcomes.set(method, ofMethod.set(run.spec.seed, outcome))
  }
  return [...found.values()]
}

/** Reads the method's name off a run's, which ends in it. A rule that the user set is none of the methods, whatever its name. */
function methodOf({ spec: { arm, ownRule } }: RunResult): string | undefined {
  const all = methods(1).map(({ name }) => name)
  if (ownRule !== undefined) return all.includes(ownRule) ? `${ownRule} (own)` : ownRule
  return all.find((name) => arm.endsWith(` ${name}`))
}

/** The names of rules that the user set beside the methods. */
export function ownRulesIn(conditions: readonly Condition[]): readonly string[] {
  const all = new Set(methods(1).map(({ name }) => name))
  return [...new Set(conditions.flatMap(({ outcomes }) => [...outcomes.keys()].filter((name) => !all.has(name))))]
}

/** What one seed's runs came to under a condition. */
export interface SeedOutcomes {
  readonly seed: number
  readonly plain: Outcome
  readonly others: ReadonlyMap<Method, Outcome>
}

/** The outcomes of each seed whose plain SGD is finished. */
export function bySeed(condition: Condition): readonly SeedOutcomes[] {
  const all = methods(1)
  return Array.from(condition.outcomes.get(plain.name) ?? [], ([seed, outcome]) => {
    const others = all.flatMap((method) => {
      const other = condition.outcomes.get(method.name)?.get(seed)
      return other === undefined || method.name === plain.name ? [] : [[method, other] as const]
    })
    return { seed, plain: outcome, others: new Map(others) }
  })
}

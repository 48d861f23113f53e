import type { NamedTensorMap } from '@tensorflow/tfjs-core'
import type {
  Aggregator,
  AggregatorState,
  GradientFold,
  GradientStack,
  WeightShape,
} from '@coherent-gradients/gradients'
import { checkAtLeast, checkFactors, checkGroups } from './check-rows.ts'
import { finiteRows, type Finiteness } from './finite-rows.ts'
import type { RowOptions } from './row-options.ts'

/** A rule over the rows of a step, whatever these are. */
export interface RowRule {
  /** Its name where rows are examples. */
  readonly name: string
  /** Its name where rows are the means of k micro-batches. Default: `<name> of <k> means`. */
  readonly nameOfMeans?: (groups: number) => string
  /** Whether micro-batches without number are as good as examples, as for the mean. */
  readonly orMicroBatches?: true
  /** Rows that it needs. */
  readonly least: number
  /** What of a row has to be finite; `unchecked` where the rule sees to it, or lets it show in the result. */
  readonly finite: Finiteness | 'unchecked'
  /** The same rule as a fold over k gradients, of which it keeps fewer than k at once; undefined where it needs more, or has a memory. */
  readonly fold?: (name: string, groups: number) => (() => GradientFold) | undefined
  /** What it takes over from step to step; absent of a rule without memory. */
  readonly memory?: RuleMemory
  /** The gradient of a stack of `least` rows or more, keyed by block name; frees all else that it makes. */
  gradient(stack: GradientStack, state: AggregatorState): NamedTensorMap
}

/** A memory that follows from what the rule gave: as {@link Aggregator}'s, in tensors of its own. */
export interface RuleMemory {
  init(weights: readonly WeightShape[]): AggregatorState
  after(gradient: NamedTensorMap): AggregatorState
}

/** The aggregator of a rule, over examples or over `groups` micro-batches. */
export function rowRule(rule: RowRule, { groups, nonFinite }: RowOptions): Aggregator {
  const name = groups === undefined ? rule.name : (rule.nameOfMeans?.(groups) ?? `${rule.name} of ${groups} means`)
  const finite = nonFinite === 'drop' && rule.finite === 'unchecked' ? 'values' : rule.finite
  const fold = groups === undefined || nonFinite === 'drop' ? undefined : rule.fold?.(name, groups)
  return {
    name,
    rows: rowsOf(rule, groups),
    init: (weights) => rule.memory?.init(weights) ?? {},
    aggregate(stack, state) {
      if (groups !== undefined) checkGroups(name, stack, groups)
      checkAtLeast(name, stack, rule.least)
      checkFactors(name, stack)
      const checked = finite === 'unchecked' ? stack : finiteRows(name, stack, finite, nonFinite ?? 'refuse')
      try {
        checkAtLeast(name, checked, rule.least)
        const gradient = rule.gradient(checked, state)
        return { gradient, state: rule.memory?.after(gradient) ?? {} }
      } catch (error) {
        throw inTheRulesName(name, error)
      } finally {
        if (checked !== stack) checked.dispose()
      }
    },
    ...(fold === undefined ? {} : { fold }),
  }
}

function rowsOf({ orMicroBatches }: RowRule, groups: number | undefined): Aggregator['rows'] {
  if (groups !== undefined) return { of: 'micro-batches', groups }
  return orMicroBatches === true ? { of: 'examples', orMicroBatches } : { of: 'examples' }
}

/** A kernel's refusal of a value that isn't finite, as the rule's own. */
function inTheRulesName(name: string, error: unknown): unknown {
  const refused =
    error instanceof RangeError && /: (required finite values, found .* in row \d+ of \d+)/.exec(error.message)
  if (!refused) return error
  return new RangeError(`${name}: ${refused[1]}; nonFinite: 'drop' leaves such rows out`, { cause: error })
}

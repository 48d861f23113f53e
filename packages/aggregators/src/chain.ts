import * as tf from '@tensorflow/tfjs-core'
import type { Aggregator, AggregatorState, GradientStack } from '@coherent-gradients/gradients'
import type { GradientTransform } from './gradient-transform.ts'
import { joinedState, partOfState } from './joined-state.ts'
import type { StackTransform } from './stack-transform.ts'

/** What stands in a chain. */
export type Stage = StackTransform | Aggregator | GradientTransform

/**
 * Stages one after another, as one rule: first what changes rows (stack → stack), then the rule that makes one gradient of
 * them (stack → gradient), then what changes the gradient (gradient → gradient).
 *
 *   chain(s, rule, t) = t ∘ rule ∘ s
 *
 * There is exactly one rule. What stands in front of it has no memory and works row by row; what stands behind it may have
 * one, as in optax, whose chains are gradient → gradient throughout. So momentum goes behind a rule, and nowhere else:
 *
 * **Momentum before a median is refused**, by the types and, for plain data, by an error. Momentum mixes into each row the
 * running mean of past steps, in which the weak directions have been added up already. All rows agree in it, so a median
 * keeps what it should suppress. Behind the rule momentum, or Adam, adds up what the rule lets pass.
 *
 * Rows are what the rule's are. Scale: a mean's, unless a stage says otherwise. Name: `chain(clipRows(1), M3, clip(1))`.
 * State: that of stage i under `i/`.
 *
 * @throws RangeError when there isn't exactly one rule, or a stage stands on the wrong side of it.
 * @see "On the Generalization Mystery in Deep Learning", §7, footnote 27.
 *
 * @example
 * chain(clipRows({ norm: 1 }), winsorizedMean({ percent: 4 }), momentum({ decay: 0.9 }))
 */
export function chain(rule: Aggregator, ...then: readonly GradientTransform[]): Aggregator
export function chain(first: StackTransform, rule: Aggregator, ...then: readonly GradientTransform[]): Aggregator
export function chain(
  first: StackTransform,
  second: StackTransform,
  rule: Aggregator,
  ...then: readonly GradientTransform[]
): Aggregator
export function chain(...stages: readonly Stage[]): Aggregator {
  return chainOf(stages)
}

/** {@link chain} of any number of stages, which only running it tells apart. */
export function chainOf(stages: readonly Stage[]): Aggregator {
  const wrong = whyNoChain(stages)
  if (wrong !== undefined) throw new RangeError(`chain: ${wrong}`)
  const at = stages.findIndex(isRule)
  const before = stages.slice(0, at) as readonly StackTransform[]
  const rule = stages[at] as Aggregator
  const after = stages.slice(at + 1) as readonly GradientTransform[]
  const withMemory = [rule, ...after]
  return {
    name: `chain(${stages.map(({ name }) => name).join(', ')})`,
    rows: rule.rows,
    init: (weights) =>
      joinedState([...before.map(() => ({})), ...withMemory.map((stage): AggregatorState => stage.init(weights))]),
    aggregate(stack, state) {
      const made: GradientStack[] = []
      const states: AggregatorState[] = before.map(() => ({}))
      try {
        for (const { transform } of before) made.push(transform(made.at(-1) ?? stack))
        const first = rule.aggregate(made.at(-1) ?? stack, partOfState(state, at))
        states.push(first.state)
        let { gradient } = first
        for (const [i, stage] of after.entries()) {
          const next = stage.update(gradient, partOfState(state, at + 1 + i))
          tf.dispose(gradient)
          gradient = next.gradient
          states.push(next.state)
        }
        return { gradient, state: joinedState(states) }
      } finally {
        for (const each of made.toReversed()) each.dispose()
      }
    },
  }
}

/** Why stages make no chain, in words that follow `chain: `; undefined where they do. */
export function whyNoChain(stages: readonly Stage[]): string | undefined {
  const rules = stages.filter(isRule)
  if (rules.length !== 1) {
    return `required exactly one rule among the stages, found ${rules.length === 0 ? 'none' : rules.map(({ name }) => name).join(', ')}`
  }
  const at = stages.findIndex(isRule)
  const early = stages.slice(0, at).find((stage) => 'update' in stage)
  if (early !== undefined) {
    return (
      `${early.name} stands before the rule ${rules[0]!.name}: required behind it. Momentum and the like before a median ` +
      'mix the past steps’ mean into every row; the rows agree in it, and the median keeps the weak directions in it'
    )
  }
  const late = stages.slice(at + 1).find((stage) => 'transform' in stage)
  if (late === undefined) return undefined
  return `${late.name} stands behind the rule ${rules[0]!.name}, where there are no rows any more: required before it`
}

function isRule(stage: Stage): stage is Aggregator {
  return 'aggregate' in stage
}

import type { Aggregator, GradientBlock, GradientStack, WeightShape } from '@coherent-gradients/gradients'
import { commonRows } from './common-rows.ts'
import { clonedState, joinedState, partOfState } from './joined-state.ts'

/** A rule for each pattern, and the one for all that no pattern names. */
export interface PerLayerRules {
  readonly otherwise: Aggregator
  /** By a layer's name or a weight's, `*` standing for anything: `dense_1`, `dense_*`, `*` + `/bias`. */
  readonly [pattern: string]: Aggregator
}

/**
 * A rule of its own for some of the layers, such as suppressing weak directions in the last ones alone.
 *
 * The first pattern that names a weight or its layer counts, in the order written. Each rule sees a stack of its own
 * weights and no others: a rule that goes by norms or by the Gram matrix goes by those of its layers. All rules share the
 * rows: examples, or the same number of micro-batches, with which the mean goes as well.
 *
 * Name: `perLayer(dense_1: winsor(8%), otherwise: mean)`. State: that of rule i in the order written under `i/`.
 *
 * `init` and `aggregate` throw a RangeError when a pattern names no weight of the model, with the layers that there are.
 *
 * @throws RangeError when `otherwise` is missing or two rules need different rows.
 * @see "On the Generalization Mystery in Deep Learning", §7.
 *
 * @example
 * perLayer({ 'dense_*': winsorizedMean({ percent: 8 }), otherwise: mean() })
 */
export function perLayer(rules: PerLayerRules): Aggregator {
  const { otherwise, ...layers } = rules
  if (otherwise === undefined) throw new RangeError('perLayer: required a rule for otherwise, found none')
  const patterns = Object.keys(layers)
  const all = [...Object.values(layers), otherwise]
  const expressions = patterns.map(expressionOf)
  const ruleOf = (name: string): number => {
    const layer = layerOf(name)
    const found = expressions.findIndex((expression) => expression.test(layer) || expression.test(name))
    return found < 0 ? patterns.length : found
  }
  const name = `perLayer(${[...patterns.map((pattern, i) => `${pattern}: ${all[i]!.name}`), `otherwise: ${otherwise.name}`].join(', ')})`
  const shares = <Weight extends WeightShape>(weights: readonly Weight[]): readonly (readonly Weight[])[] => {
    const parts = all.map((_, i) => weights.filter((weight) => ruleOf(weight.name) === i))
    const idle = patterns.findIndex((_, i) => parts[i]!.length === 0)
    if (idle < 0) return parts
    const known = [...new Set(weights.map((weight) => layerOf(weight.name)))].join(', ')
    throw new RangeError(
      `perLayer: required a layer or weight for each pattern, found none left for '${patterns[idle]}' among ${known}`,
    )
  }
  return {
    name,
    rows: commonRows('perLayer', all),
    init: (weights) => joinedState(shares(weights).map((part, i) => all[i]!.init(part))),
    aggregate(stack, state) {
      const parts = shares(stack.blocks).map((blocks, i) => {
        const own = partOfState(state, i)
        if (blocks.length === 0) return { gradient: {}, state: clonedState(own) }
        return all[i]!.aggregate(partOf(stack, blocks), own)
      })
      return {
        gradient: Object.assign({}, ...parts.map(({ gradient }) => gradient)) as (typeof parts)[number]['gradient'],
        state: joinedState(parts.map((part) => part.state)),
      }
    },
  }
}

function partOf(stack: GradientStack, blocks: readonly GradientBlock[]): GradientStack {
  return { rows: stack.rows, blocks, losses: stack.losses, dispose: () => {} }
}

/** The layer's name in a weight's: all before the last slash. */
function layerOf(weight: string): string {
  return weight.slice(0, Math.max(0, weight.lastIndexOf('/')))
}

function expressionOf(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`))
  return new RegExp(`^${literal.join('.*')}$`)
}

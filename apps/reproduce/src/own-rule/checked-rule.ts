import type { Aggregator, GradientStack } from '@coherent-gradients/gradients'

/**
 * A user's rule that says what is wrong with what it gives, in its own name, before training stumbles over it.
 *
 * @throws RangeError from `aggregate`, where that gives no `{ gradient, state }`, or a weight's gradient is missing or has
 *   another shape.
 */
export function checkedRule(rule: Aggregator): Aggregator {
  const { name, rows } = rule
  return {
    name,
    rows,
    init: (weights) => rule.init(weights),
    aggregate(stack, state) {
      const made = rule.aggregate(stack, state)
      const wrong = whatIsWrong(made, stack)
      if (wrong !== undefined) throw new RangeError(`${name}: required ${wrong}`)
      return made
    },
    ...(rule.fold === undefined ? {} : { fold: () => rule.fold!() }),
  }
}

/** In words that follow `required `; undefined where all is well. */
function whatIsWrong(made: unknown, { blocks }: GradientStack): string | undefined {
  if (made instanceof Promise) return 'aggregate to give { gradient, state }, found a promise: it can’t wait'
  const { gradient, state } = (made ?? {}) as Partial<ReturnType<Aggregator['aggregate']>>
  if (typeof gradient !== 'object' || typeof state !== 'object') {
    const found = typeof made === 'object' && made !== null ? `{ ${Object.keys(made).join(', ')} }` : typeof made
    return `aggregate to give { gradient, state }, found ${found}`
  }
  for (const { name, shape } of blocks) {
    const found = gradient[name]?.shape
    if (found?.join() === shape.join() && found.length === shape.length) continue
    return `a gradient of shape [${shape.join(', ')}] for ${name}, found ${found === undefined ? 'none' : `[${found.join(', ')}]`}`
  }
  return undefined
}

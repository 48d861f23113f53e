import type { Aggregator, AggregatorState } from '@coherent-gradients/gradients'
import { commonRows } from './common-rows.ts'
import { countedSteps, stepsIn } from './counted-steps.ts'
import { clonedState, joinedState, partOfState } from './joined-state.ts'

/**
 * One rule for the first steps, then another: `before` makes updates 1 to n, `after` all later ones.
 *
 * Both see the same rows: examples, or the same number of micro-batches, with which the mean goes as well. The second
 * rule's memory begins with its first step. Name: `warmup(100, mean, M3)`. State: how many steps were made, and that of the
 * rule in force under `0/` or `1/`; the first rule's memory is dropped when it is done.
 *
 * @throws RangeError when `steps` isn't a whole number ≥ 0, or the rules need different rows.
 *
 * @example
 * warmup(100, mean(), medianOfMeans({ groups: 3 }))
 */
export function warmup(steps: number, before: Aggregator, after: Aggregator): Aggregator {
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new RangeError(`warmup: required steps to be a whole number ≥ 0, found ${steps}`)
  }
  return {
    name: `warmup(${steps}, ${before.name}, ${after.name})`,
    rows: commonRows('warmup', [before, after]),
    init: (weights) => ({
      ...countedSteps(0),
      ...joinedState([steps > 0 ? before.init(weights) : {}, after.init(weights)]),
    }),
    aggregate(stack, state) {
      const made = stepsIn(state)
      const first = made < steps
      const made1 = Math.min(steps, made + 1)
      const asked = (first ? before : after).aggregate(stack, partOfState(state, first ? 0 : 1))
      const states: readonly [AggregatorState, AggregatorState] = first
        ? [asked.state, clonedState(partOfState(state, 1))]
        : [{}, asked.state]
      const last = first && made1 === steps
      if (last) for (const tensor of Object.values(states[0])) tensor.dispose()
      return {
        gradient: asked.gradient,
        state: { ...countedSteps(made1), ...joinedState([last ? {} : states[0], states[1]]) },
      }
    },
  }
}

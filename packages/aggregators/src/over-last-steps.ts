import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { Aggregator, AggregatorState } from '@coherent-gradients/gradients'
import { checkGroups } from './check-rows.ts'

/**
 * A rule over the mini-batch gradients of the last steps, coordinate by coordinate.
 *
 * Each step's row is its whole mini-batch's mean gradient: one micro-batch, without per-example gradients. The state holds
 * the gradients of earlier steps, the latest under `1/`, the one before it under `2/`, and so on; it fills up in the first
 * steps, which go by as many as there are.
 *
 * @param combine [n, columns] the latest gradient first → [columns].
 */
export function overLastSteps(name: string, steps: number, combine: (rows: Tensor2D) => Tensor): Aggregator {
  return {
    name,
    rows: { of: 'micro-batches', groups: 1 },
    init: () => ({}),
    aggregate(stack, state) {
      checkGroups(name, stack, 1)
      const made: { readonly weight: string; readonly gradient: Tensor; readonly kept: readonly Tensor[] }[] = []
      for (const { name: weight, shape, mean } of stack.blocks) {
        const now = mean()
        const earlier = Array.from({ length: steps - 1 }, (_, i) => state[`${i + 1}/${weight}`]).filter(
          (tensor) => tensor !== undefined,
        )
        let gradient: Tensor
        try {
          gradient = tf.tidy(() => {
            const rows = tf.stack([now, ...earlier].map((tensor) => tf.reshape(tensor, [tensor.size]))) as Tensor2D
            return tf.reshape(combine(rows), [...shape])
          })
        } catch (error) {
          tf.dispose([now, made.map((each) => [each.gradient, ...each.kept])])
          // The kernel names itself; who trains knows the rule, and rows as steps back.
          const { message } = error as Error
          throw new RangeError(`${name}: ${message.replace(/^\w+: /, '')} (row r is the gradient of r steps before)`, {
            cause: error,
          })
        }
        const kept = [now, ...earlier.map((tensor) => tf.clone(tensor))]
        if (kept.length > steps - 1) kept.pop()!.dispose()
        made.push({ weight, gradient, kept })
      }
      return {
        gradient: Object.fromEntries(made.map(({ weight, gradient }) => [weight, gradient])),
        state: Object.fromEntries(
          made.flatMap(({ weight, kept }) => kept.map((tensor, i) => [`${i + 1}/${weight}`, tensor] as const)),
        ) as AggregatorState,
      }
    },
  }
}

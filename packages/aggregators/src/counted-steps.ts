import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { AggregatorState } from '@coherent-gradients/gradients'

const NAME = 'steps'

/**
 * A count of steps as a state: an empty tensor whose shape is [count, 0]. Shapes are known without reading a tensor back,
 * which not every engine can do at once, and a checkpoint keeps them like any other.
 */
export function countedSteps(count: number): { readonly [NAME]: Tensor } {
  return { [NAME]: tf.zeros([count, 0]) }
}

/** The count in a state. */
export function stepsIn(state: AggregatorState): number {
  return state[NAME]?.shape[0] ?? 0
}

import * as tf from '@tensorflow/tfjs-core'
import type { AggregatorState } from '@coherent-gradients/gradients'

/** Several parts' memories as one flat map: `0/…` is the first part's. Parts of parts nest: `0/1/…`. */
export function joinedState(parts: readonly AggregatorState[]): AggregatorState {
  return Object.fromEntries(
    parts.flatMap((part, i) => Object.entries(part).map(([name, tensor]) => [`${i}/${name}`, tensor] as const)),
  )
}

/** What {@link joinedState} holds of one part, under the part's own names. */
export function partOfState(state: AggregatorState, i: number): AggregatorState {
  const prefix = `${i}/`
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  )
}

/** The same memory in tensors of its own, for a part that isn't asked at a step: old and new can both be disposed of. */
export function clonedState(state: AggregatorState): AggregatorState {
  return Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tf.clone(tensor)]))
}

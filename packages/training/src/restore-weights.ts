import * as tf from '@tensorflow/tfjs-core'
import type { Variable } from '@tensorflow/tfjs-core'
import { restoreTensors } from './stored-tensors.ts'
import type { StoredTensor } from './training-state.ts'

/**
 * Sets a model's trainable weights, by name, to the stored ones.
 *
 * @throws RangeError when the names or a shape differ; no weight has been changed then.
 */
export function restoreWeights(
  variables: ReadonlyMap<string, Variable>,
  stored: Readonly<Record<string, StoredTensor>>,
): void {
  const required = listOf([...variables].map(([name, { shape }]) => ({ name, shape })))
  const found = listOf(Object.entries(stored).map(([name, { shape }]) => ({ name, shape })))
  if (found !== required) {
    throw new RangeError(`train: required a state to resume from with weights ${required}, found ${found}`)
  }
  tf.tidy(() => {
    for (const [name, tensor] of Object.entries(restoreTensors(stored))) variables.get(name)!.assign(tensor)
  })
}

function listOf(weights: readonly { readonly name: string; readonly shape: readonly number[] }[]): string {
  return weights
    .map(({ name, shape }) => `${name} [${shape.join(', ')}]`)
    .toSorted()
    .join(', ')
}

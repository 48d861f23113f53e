import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { StoredTensor } from './training-state.ts'

/**
 * Reads float32 tensors into plain data that shares no memory with them.
 *
 * @throws TypeError (as a rejection) when a tensor isn't float32.
 */
export async function storeTensors(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, StoredTensor>> {
  const stored: Record<string, StoredTensor> = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    if (tensor.dtype !== 'float32') {
      throw new TypeError(`train: required float32 tensors in a checkpoint, found ${tensor.dtype} in ${name}`)
    }
    stored[name] = { shape: [...tensor.shape], data: new Float32Array(await tensor.data()) }
  }
  return stored
}

/** The tensors that {@link storeTensors} read. The caller disposes of them. */
export function restoreTensors(stored: Readonly<Record<string, StoredTensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(stored).map(([name, { shape, data }]) => [name, tf.tensor(data.slice(), [...shape])]),
  )
}

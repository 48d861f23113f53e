import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { StoredTensor } from './training-state.ts'

/** Reads float32 tensors into plain data. */
export async function storeTensors(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, StoredTensor>> {
  const stored: Record<string, StoredTensor> = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    stored[name] = { shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) }
  }
  return stored
}

/** The tensors that {@link storeTensors} read. The caller disposes of them. */
export function restoreTensors(stored: Readonly<Record<string, StoredTensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(stored).map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]),
  )
}

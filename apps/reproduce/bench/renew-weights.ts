import { trainableWeights } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/**
 * Puts the weights into new tensors with the same values, as an update does. The wasm backend packs a weight for its
 * matrix product when it first meets the tensor; without this, whoever came second would find the packing done.
 */
export function renewWeights(model: LayersModel): void {
  tf.tidy(() => {
    for (const { variable } of trainableWeights(model)) variable.assign(tf.add(variable, 0))
  })
}

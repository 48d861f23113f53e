import { derive, keyOf, normals, uniformIntegers } from '@coherent-gradients/core'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'

const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1)

/** A small network; its weights are the same for the same seed, whatever it ends in. */
export function network(end: 'linear' | 'softmax' | 'sigmoid' | 'tanh', outputs = 3, seed = 1): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ name: 'first', units: 5, activation: 'tanh', inputShape: [4] }),
      tfl.layers.dense({ name: 'second', units: outputs, activation: end }),
    ],
  })
  const values = model.weights.map((weight, i) => {
    const shape = weight.shape as number[]
    return tf.tensor([...normals(derive(keyOf(seed), i), product(shape))], shape)
  })
  model.setWeights(values)
  tf.dispose(values)
  return model
}

/** Inputs [m, 4] and labels. */
export function examples(m: number, classes = 3): { x: Float32Array; y: Int32Array } {
  return {
    x: Float32Array.from(normals(keyOf('x'), 4 * m)),
    y: Int32Array.from(uniformIntegers(keyOf('y'), m, classes)),
  }
}

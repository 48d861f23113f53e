import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'

/** m: examples in a batch. */
export const M = 6

/** Numbers between −1 and 1 that are neither sorted nor round. */
export const waves = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(i * i + seed))

export const inputs = (step: number, m: number = M): Tensor2D => tf.tensor2d(waves(m * 4, step), [m, 4])
export const classes = (step: number, m: number = M): number[] => Array.from({ length: m }, (_, i) => (i + step) % 3)
export const oneHot = (step: number, m: number = M): Tensor2D =>
  tf.tensor2d(
    classes(step, m).flatMap((c) => [0, 1, 2].map((k) => (k === c ? 1 : 0))),
    [m, 3],
  )

export const batch = (step: number): { inputs: Tensor2D; labels: Tensor1D } => ({
  inputs: inputs(step),
  labels: tf.tensor1d(classes(step), 'int32'),
})

/** The same network each time it is made. */
export function network(last: 'softmax' | 'linear', middle: readonly tfl.layers.Layer[] = [], l2 = 0): tfl.LayersModel {
  const regularised = l2 === 0 ? {} : { kernelRegularizer: tfl.regularizers.l2({ l2 }) }
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ name: 'hidden', units: 5, activation: 'tanh', inputShape: [4], ...regularised }),
      ...middle,
      tfl.layers.dense({ name: 'output', units: 3, activation: last }),
    ],
  })
  model.setWeights(
    model.getWeights().map((weight, i) => {
      const ofStatistics =
        model.weights[i]!.name.includes('moving_variance') || model.weights[i]!.name.includes('gamma')
      return ofStatistics ? tf.ones(weight.shape) : tf.tensor(waves(weight.size, i), weight.shape)
    }),
  )
  return model
}

export async function weightsOf(model: tfl.LayersModel): Promise<number[]> {
  const all = await Promise.all(model.getWeights().map((weight) => weight.data()))
  return all.flatMap((values) => [...values])
}

import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { onCpu } from './agreement.test-support.ts'
import type { TensorBatch } from './index.ts'

/**
 * Runs on cpu while the moving statistics of every BatchNormalization layer are those of the batch: layer after layer, the
 * ones above by the statistics that the ones below were given. Puts back what they were.
 */
export function withBatchStatistics<T>(model: tfl.LayersModel, batch: TensorBatch, run: () => T): Promise<T> {
  const { inputs, labels } = batch
  const onBatch = (): T => {
    const layers = model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization')
    const before = layers.map((layer) => layer.getWeights().map((weight) => tf.clone(weight)))
    try {
      for (const layer of layers) {
        tf.tidy(() => {
          const below = tfl.model({ inputs: model.inputs, outputs: layer.input })
          const x = below.apply(inputs) as tf.Tensor
          const { axis } = layer as unknown as { axis: number }
          const channels = axis < 0 ? x.rank + axis : axis
          const others = [...x.shape.keys()].filter((each) => each !== channels)
          const { mean, variance } = tf.moments(x, others)
          for (const weight of layer.weights) {
            if (weight.originalName.endsWith('moving_mean')) weight.write(mean)
            if (weight.originalName.endsWith('moving_variance')) weight.write(variance)
          }
        })
      }
      return run()
    } finally {
      for (const [l, layer] of layers.entries()) layer.setWeights(before[l]!)
      tf.dispose(before)
    }
  }
  return onCpu(onBatch, [inputs, labels])
}

import { keyOf } from '@coherent-gradients/core'
import { softmaxCrossEntropy, trainableWeights } from '@coherent-gradients/gradients'
import { buildModel } from '@coherent-gradients/models'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-wasm'
import { parentPort, workerData } from 'node:worker_threads'
import { startWatch } from './measure-interleaved.ts'
import { network } from './setting.ts'
import type { StockData } from './stock-step.ts'

// tfjs's wasm backend as it comes: a worker has kernels of its own, so nothing that the engine mends is mended here.
const { weights, inputs, labels } = workerData as StockData
await tf.setBackend('wasm')
await tf.ready()
const model = buildModel(network, keyOf(1))
tf.tidy(() =>
  trainableWeights(model).forEach(({ variable }, i) => variable.assign(tf.tensor(weights[i]!, variable.shape))),
)
const batches = inputs.map((images, i) => ({
  images: tf.tensor2d(images, [labels[i]!.length, images.length / labels[i]!.length]),
  labels: tf.tensor1d(labels[i]!, 'int32'),
}))
// A rate of 0 costs what any other does and leaves the weights as they are, so that every repetition does the same.
const optimizer = tf.train.sgd(0)
const variables = trainableWeights(model).map((weight) => weight.variable)

parentPort!.on('message', (repetition: number) => {
  const batch = batches[repetition % batches.length]!
  const stop = startWatch()
  const loss = optimizer.minimize(
    () => tf.mean(softmaxCrossEntropy.perExample(model.apply(batch.images) as tf.Tensor, batch.labels)),
    true,
    variables,
  )!
  loss.dataSync()
  loss.dispose()
  parentPort!.postMessage(stop())
})
parentPort!.postMessage('ready')

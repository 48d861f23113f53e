import { derive, permutation, type Key, type Split } from '@coherent-gradients/core'
import { subset } from '@coherent-gradients/datasets'
import { tensorBatch } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { networkFor, trainNetwork, type NetworkSpec } from './network.ts'

export interface UnseenOptions {
  readonly network: NetworkSpec
  readonly folds: number
  readonly epochs: number
  readonly key: Key
  readonly tell?: (examples: number) => void
}

/**
 * [n × C] every example's probabilities from a network that was not trained on it: the examples are dealt into folds at
 * random, and each fold is answered for by a network that the others train.
 *
 * @returns undefined where a network's loss has become infinite.
 */
export async function unseenProbabilities(
  split: Split,
  { network, folds, epochs, key, tell }: UnseenOptions,
): Promise<Float32Array | undefined> {
  const n = split.ids.length
  const probabilities = new Float32Array(n * split.classes)
  const order = permutation(derive(key, 'folds'), n)
  for (let fold = 0; fold < folds; fold++) {
    const rows = order.filter((_, place) => place % folds === fold)
    const apart = new Set(Array.from(rows, (row) => split.ids[row]!))
    const others = subset(
      split,
      split.ids.filter((id) => !apart.has(id)),
    )
    const own = derive(derive(key, 'fold'), fold)
    const model = networkFor(split, network, own)
    try {
      const options = { network, epochs, key: own, ...(tell === undefined ? {} : { tell }) }
      if ((await trainNetwork(model, others, options)) === undefined) return undefined
      await answer(model, split, rows, probabilities)
    } finally {
      model.dispose()
    }
  }
  return probabilities
}

async function answer(model: LayersModel, split: Split, rows: Uint32Array, into: Float32Array): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) {
    const some = rows.subarray(from, from + 500)
    const batch = tensorBatch(await split.read(Uint32Array.from(some, (row) => split.ids[row]!)))
    const output = tf.tidy(() => tf.softmax(model.apply(batch.inputs, { training: false }) as Tensor2D))
    const found = await output.data()
    tf.dispose([output, batch.inputs, batch.labels])
    const { classes } = split
    some.forEach((row, i) => into.set(found.subarray(i * classes, (i + 1) * classes), row * classes))
  }
}

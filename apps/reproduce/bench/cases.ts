import { mCoherence } from '@coherent-gradients/coherence'
import { normsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import type { Batch } from '@coherent-gradients/core'
import {
  perExampleGradients,
  softmaxCrossEntropy,
  trainableWeights,
  type Aggregator,
} from '@coherent-gradients/gradients'
import { tensorBatch, train } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Case } from './measure-interleaved.ts'

/** Mean loss and its gradient, by tfjs alone: what any training has to pay. */
export function forwardBackward(model: LayersModel, batches: readonly Batch[]): Case {
  const tensors = batches.map(tensorBatch)
  const variables = trainableWeights(model).map((weight) => weight.variable)
  return {
    name: 'forward + backward',
    async run(repetition) {
      const { inputs, labels } = tensors[repetition % tensors.length]!
      const { value, grads } = tf.variableGrads(
        () => tf.mean(softmaxCrossEntropy.perExample(model.apply(inputs) as tf.Tensor, labels)),
        variables,
      )
      value.dataSync()
      tf.dispose([value, grads])
    },
  }
}

/** A step of `train` from a batch in memory. The rate of 0 leaves the weights as they are: every repetition is alike. */
export function step(model: LayersModel, aggregator: Aggregator, batches: readonly Batch[], name: string): Case {
  const events = train({
    model,
    loss: softmaxCrossEntropy,
    aggregator,
    batch: async (at) => batches[at % batches.length]!,
    examplesPerEpoch: 60_000,
    steps: Number.MAX_SAFE_INTEGER,
    learningRate: 0,
  })
  return {
    name,
    async run() {
      const { value } = await events.next()
      if (value?.kind !== 'step') throw new Error(`${name}: expected a step, found ${value?.kind}`)
    },
  }
}

/** Per-example gradients of a batch and what coherence needs of them. */
export function coherenceOf(
  model: LayersModel,
  batches: readonly Batch[],
  measure: typeof normsOf | typeof statisticOf,
  name: string,
): Case {
  const tensors = batches.map(tensorBatch)
  return {
    name,
    async run(repetition) {
      const stack = perExampleGradients(model, softmaxCrossEntropy, tensors[repetition % tensors.length]!)
      if (!(mCoherence(await measure(stack)) > 0)) throw new Error(`${name}: expected a coherence above 0`)
      stack.dispose()
    },
  }
}

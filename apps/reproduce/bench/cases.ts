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

/** The model's outputs, and nothing else. */
export function forward(model: LayersModel, batches: readonly Batch[]): Case {
  const tensors = batches.map(tensorBatch)
  return {
    name: 'forward',
    async run(repetition) {
      const outputs = model.apply(tensors[repetition % tensors.length]!.inputs) as tf.Tensor
      await outputs.data()
      outputs.dispose()
    },
  }
}

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
      await value.data()
      tf.dispose([value, grads])
    },
  }
}

/** One gradient of a batch's, which are there already: the rule by itself, without a memory. */
export function aggregation(model: LayersModel, aggregator: Aggregator, batch: Batch, name: string): Case {
  const stack = perExampleGradients(model, softmaxCrossEntropy, tensorBatch(batch))
  const state = aggregator.init([])
  return {
    name,
    async run() {
      const { gradient } = aggregator.aggregate(stack, state)
      await Object.values(gradient).at(-1)!.data()
      tf.dispose(gradient)
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

/** Squared norms and mean of a batch's gradients by a backward pass for each example: what anybody can write. */
export function exampleByExample(model: LayersModel, batches: readonly Batch[]): Case {
  const tensors = batches.map(tensorBatch)
  const variables = trainableWeights(model).map((weight) => weight.variable)
  return {
    name: 'α, example by example',
    async run(repetition) {
      const { inputs, labels } = tensors[repetition % tensors.length]!
      const m = inputs.shape[0]!
      const result = tf.tidy(() => {
        let sums: tf.Tensor[] = []
        let norms = tf.scalar(0)
        for (let i = 0; i < m; i++) {
          ;[norms, ...sums] = tf.tidy(() => {
            const rest = inputs.shape.slice(1)
            const x = tf.slice(inputs, [i, ...rest.map(() => 0)], [1, ...rest])
            const y = tf.slice(labels, [i], [1])
            const loss = (): tf.Scalar => tf.mean(softmaxCrossEntropy.perExample(model.apply(x) as tf.Tensor, y))
            const { grads } = tf.variableGrads(loss, variables)
            const rows = variables.map(({ name }) => grads[name]!)
            const norm = rows.reduce<tf.Tensor>((sum, g) => tf.add(sum, tf.sum(tf.square(g))), norms)
            return [norm as tf.Scalar, ...rows.map((g, w) => (sums.length === 0 ? g : tf.add(sums[w]!, g)))]
          }) as [tf.Scalar, ...tf.Tensor[]]
        }
        const square = sums.reduce<tf.Tensor>((sum, g) => tf.add(sum, tf.sum(tf.square(g))), tf.scalar(0))
        return tf.div(square, norms)
      })
      const [mAlpha] = await result.data()
      result.dispose()
      if (!(mAlpha! > 0)) throw new Error(`example by example: expected a coherence above 0, found ${mAlpha}`)
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

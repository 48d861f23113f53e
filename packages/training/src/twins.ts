import type { Batch } from '@coherent-gradients/core'
import { perExampleGradients, trainableWeights, type Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { descend } from './descend.ts'
import { replaceExample } from './replace-example.ts'
import { tensorBatch } from './tensor-batch.ts'

/** An example of the training set, and what stands in its place for one twin. */
export interface Replacement {
  /** The example's id in the batches. */
  readonly id: number
  /** One example. It keeps its place in every batch, and the id. */
  readonly by: Batch
}

export interface TwinsOptions {
  /** Trained in place: after each step it has the weights of the training with nothing replaced. */
  readonly model: LayersModel
  readonly loss: Loss
  /** The batch of update `step` + 1, the same for every twin but for its own example. */
  readonly batch: (step: number) => Promise<Batch>
  readonly steps: number
  readonly learningRate: number
  /** K replaced examples; each makes a training of its own beside the one with nothing replaced. */
  readonly replacements: readonly Replacement[]
}

/** What a step did to K twins. */
export interface TwinStep {
  /** t, from 1. */
  readonly step: number
  /** [K] ‖w_t − w′_t‖ over all trainable weights. */
  readonly distances: Float64Array
  /** [K] ξ/b: what part of the step's batch the replaced example was; 0 where it wasn't in it. */
  readonly shares: Float64Array
  /** [K] ‖g(w_{t−1}, z) − g(w_{t−1}, z′)‖ where the example was in the batch; NaN elsewhere. */
  readonly differences: Float64Array
  /** Does something while the model has a twin's weights, by its place. */
  visit<Result>(twin: number, measure: () => Promise<Result>): Promise<Result>
}

/**
 * Trainings in lockstep on sets that differ in one example: the pairs that the proof of Theorem 1 is about.
 *
 *   w_t = w_{t−1} − η · (1/b) Σᵢ g(w_{t−1}, zᵢ)
 *
 * Index legend: step t, b examples a batch, K twins. All have the first weights, the batches and the learning rate in
 * common. A twin whose example hasn't been met yet has the same weights as the training with nothing replaced, bit by
 * bit. Memory: K + 1 copies of the weights. Leaving the loop frees them.
 *
 * @throws RangeError (as a rejection of the first `next`) when an option is out of range.
 * @see "On the Generalization Mystery in Deep Learning", §5 and Appendix C.
 *
 * @example
 * for await (const { step, distances } of twins({ model, loss, batch, steps: 100, learningRate, replacements })) …
 */
export async function* twins(options: TwinsOptions): AsyncGenerator<TwinStep, void, undefined> {
  const { model, loss, steps, learningRate, replacements } = options
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new RangeError(`twins: required steps to be a whole number ≥ 0, found ${steps}`)
  }
  if (!(Number.isFinite(learningRate) && learningRate >= 0)) {
    throw new RangeError(`twins: required a finite learningRate ≥ 0, found ${learningRate}`)
  }
  const variables = new Map(trainableWeights(model).map(({ name, variable }) => [name, variable]))
  const weights = [...variables.values()]
  const K = replacements.length
  // The last is the training with nothing replaced.
  const trainings = Array.from({ length: K + 1 }, () => copies(weights))
  const enter = (twin: number): void => trainings[twin]!.forEach((value, i) => void weights[i]!.assign(value))

  async function train(twin: number, batch: Batch): Promise<void> {
    enter(twin)
    const tensors = tensorBatch(batch)
    const stack = perExampleGradients(model, loss, tensors)
    const gradient = Object.fromEntries(stack.blocks.map((block) => [block.name, block.mean()]))
    try {
      descend(variables, gradient, learningRate)
    } finally {
      stack.dispose()
      tf.dispose([gradient, tensors.inputs, tensors.labels])
    }
    tf.dispose(trainings[twin]!)
    trainings[twin] = copies(weights)
  }

  async function differenceOf({ id, by }: Replacement, batch: Batch): Promise<number> {
    const row = batch.ids.indexOf(id)
    const tensors = tensorBatch(batch)
    const other = tensorBatch(by)
    const pair = tf.tidy(() => ({
      inputs: tf.concat([tf.gather(tensors.inputs, [row]), other.inputs]),
      labels: tf.concat([tf.gather(tensors.labels, [row]), other.labels]),
    }))
    const stack = perExampleGradients(model, loss, pair)
    try {
      let square = 0
      for (const block of stack.blocks) {
        const gram = block.gram()
        const [first, across, , second] = await gram.data()
        square += first! + second! - 2 * across!
        gram.dispose()
      }
      return Math.sqrt(Math.max(0, square))
    } finally {
      stack.dispose()
      tf.dispose([tensors.inputs, tensors.labels, other.inputs, other.labels, pair.inputs, pair.labels])
    }
  }

  try {
    for (let step = 1; step <= steps; step++) {
      const batch = await options.batch(step - 1)
      const shares = Float64Array.from(
        replacements,
        ({ id }) => batch.ids.filter((each) => each === id).length / batch.ids.length,
      )
      const differences = new Float64Array(K).fill(Number.NaN)
      enter(K)
      for (const [twin, replacement] of replacements.entries()) {
        if (shares[twin]! > 0) differences[twin] = await differenceOf(replacement, batch)
      }
      for (const [twin, replacement] of replacements.entries()) await train(twin, replaceExample(batch, replacement))
      await train(K, batch)
      yield {
        step,
        distances: await distancesOf(trainings),
        shares,
        differences,
        visit: async (twin, measure) => {
          if (!(twin >= 0 && twin < K)) throw new RangeError(`twins: required a twin from 0 to ${K - 1}, found ${twin}`)
          enter(twin)
          try {
            return await measure()
          } finally {
            enter(K)
          }
        },
      }
    }
  } finally {
    tf.dispose(trainings)
  }
}

function copies(weights: readonly Variable[]): Tensor[] {
  return weights.map((weight) => tf.clone(weight))
}

/** [K] how far each training but the last is from the last. */
async function distancesOf(trainings: readonly (readonly Tensor[])[]): Promise<Float64Array> {
  const read = await Promise.all(trainings.map((weights) => Promise.all(weights.map((weight) => weight.data()))))
  const base = read.at(-1)!
  return Float64Array.from(read.slice(0, -1), (twin) => {
    let square = 0
    for (const [i, values] of twin.entries()) {
      const others = base[i]!
      for (let j = 0; j < values.length; j++) square += (values[j]! - others[j]!) ** 2
    }
    return Math.sqrt(square)
  })
}

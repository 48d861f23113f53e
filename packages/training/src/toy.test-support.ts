import { mean } from '@coherent-gradients/aggregators'
import { derive, fillNormals, keyOf, normals, uniformIntegers, type Batch, type Split } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy, type Aggregator } from '@coherent-gradients/gradients'
import { buildModel } from '@coherent-gradients/models'
import { rightOf } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { everySteps, type Probe, type TrainingEvent, type TrainingOptions } from './index.ts'

// A small classification task, made up from a key. Not exported from the package.

const FEATURES = 6
const CLASSES = 3

export async function open(engine: string): Promise<void> {
  rightOf(await openEngine(engine)())
}

/** Noisy points around one centre for each class; every fifth label is wrong and marked. */
export function toySplit(examples: number): Split {
  const key = keyOf('toy')
  const centres = normals(derive(key, 'centres'), CLASSES * FEATURES)
  const trueLabels = Int32Array.from(uniformIntegers(derive(key, 'labels'), examples, CLASSES))
  const inputs = fillNormals(derive(key, 'inputs'), new Float32Array(examples * FEATURES)).map(
    (x, j) => x + 2 * centres[trueLabels[Math.floor(j / FEATURES)]! * FEATURES + (j % FEATURES)]!,
  )
  return {
    name: 'toy',
    ids: Uint32Array.from({ length: examples }, (_, i) => 10 + i),
    inputShape: [FEATURES],
    classes: CLASSES,
    async read(ids): Promise<Batch> {
      const rows = Array.from(ids, (id) => id - 10)
      const batchOf = <T extends Float32Array | Int32Array>(values: T, width: number): number[] =>
        rows.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)])
      const truth = Int32Array.from(batchOf(trueLabels, 1))
      const touched = Uint8Array.from(rows, (row) => (row % 5 === 0 ? 1 : 0))
      return {
        ids: Uint32Array.from(ids),
        inputShape: [FEATURES],
        inputs: Float32Array.from(batchOf(inputs, FEATURES)),
        labels: truth.map((label, i) => (touched[i] === 1 ? (label + 1) % CLASSES : label)),
        trueLabels: truth,
        touched,
      }
    },
  }
}

/** Batches that walk round the split. */
export function toyBatches(split: Split, batchSize: number): (step: number) => Promise<Batch> {
  const n = split.ids.length
  return (step) => split.read(Array.from({ length: batchSize }, (_, i) => split.ids[(step * batchSize + i) % n]!))
}

export function toyModel(seed = 1): LayersModel {
  return buildModel({ kind: 'mlp', inputs: FEATURES, hidden: [8, 5], outputs: CLASSES }, keyOf(seed))
}

export async function weightsOf(model: LayersModel): Promise<number[]> {
  const weights = await Promise.all(model.getWeights().map((weight) => weight.data()))
  return weights.flatMap((values) => [...values])
}

/** Heavy-ball momentum, v ← βv + ḡ: a rule with a memory. */
export function momentum(beta: number): Aggregator {
  return {
    name: `momentum(${beta})`,
    rows: { of: 'examples' },
    init: (weights) => Object.fromEntries(weights.map(({ name, shape }) => [name, tf.zeros([...shape])])),
    aggregate: (stack, state) => {
      const velocity = tf.tidy(() =>
        Object.fromEntries(
          stack.blocks.map((block) => [block.name, tf.add(tf.mul(state[block.name]!, beta), block.mean())]),
        ),
      )
      return {
        gradient: velocity,
        state: Object.fromEntries(Object.entries(velocity).map(([name, tensor]) => [name, tf.clone(tensor)])),
      }
    },
  }
}

export async function collect<M>(events: AsyncIterable<TrainingEvent<M>>): Promise<TrainingEvent<M>[]> {
  const all: TrainingEvent<M>[] = []
  for await (const event of events) all.push(event)
  return all
}

/** What most tests train on. */
export const examples: Split = toySplit(90)

/** Twenty steps of the mean over batches of 12 of {@link examples}. */
export function options(model: LayersModel, rest: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    model,
    loss: softmaxCrossEntropy,
    aggregator: mean(),
    batch: toyBatches(examples, 12),
    examplesPerEpoch: examples.ids.length,
    steps: 20,
    learningRate: 0.1,
    ...rest,
  }
}

/** Every weight at every step. */
export const readWeights: Probe<number[]> = {
  name: 'weights',
  schedule: everySteps(1),
  measure: async (model) => weightsOf(model),
}

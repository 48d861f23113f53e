import { derive, keyOf, type Batch, type Split } from '@coherent-gradients/core'
import { batchSchedule, mnist } from '@coherent-gradients/datasets'
import { mean } from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { buildModel, type ModelSpec } from '@coherent-gradients/models'
import { train } from '@coherent-gradients/training'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** The paper's MNIST network. */
export const network: ModelSpec = { kind: 'mlp', inputs: 784, hidden: [256, 256, 256], outputs: 10 }
export const batchSize = 100

/** What is measured on: a network that has learned a little, so that its ReLUs are as sparse as in a run, and batches. */
export interface Setting {
  readonly model: LayersModel
  /** Real MNIST images, 100 a batch. */
  readonly batches: readonly Batch[]
  /** Three micro-batches of 100 each. */
  readonly tripleBatches: readonly Batch[]
}

/** Reads MNIST and trains for 200 steps. */
export async function prepareSetting(): Promise<Setting> {
  const read = await mnist({ part: 'train' })()
  if (read._tag === 'Left') throw new Error(read.left.message)
  const key = keyOf(1)
  const images = read.right
  const model = buildModel(network, derive(key, 'weights'))
  const schedule = batchSchedule(images.ids, { key: derive(key, 'batches'), batchSize })
  const run = train({
    model,
    loss: softmaxCrossEntropy,
    aggregator: mean(),
    batch: (step) => images.read(schedule.batchIds(step)),
    examplesPerEpoch: schedule.stepsPerEpoch * batchSize,
    steps: 200,
    learningRate: 0.1,
  })
  for await (const event of run) if (event.kind === 'diverged') throw new Error(`diverged at step ${event.step}`)
  return {
    model,
    batches: await someBatches(images, 300, batchSize),
    tripleBatches: await someBatches(images, 400, 3 * batchSize),
  }
}

function someBatches(images: Split, from: number, size: number): Promise<Batch[]> {
  const schedule = batchSchedule(images.ids, { key: keyOf('bench'), batchSize: size })
  return Promise.all([0, 1, 2, 3, 4].map((i) => images.read(schedule.batchIds((from + i) % schedule.stepsPerEpoch))))
}

import { mean, medianOfMeans, winsorizedMean } from '@coherent-gradients/aggregators'
import { generalizationBound } from '@coherent-gradients/bound'
import { alpha } from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import { derive, fillNormals, keyOf, type Batch } from '@coherent-gradients/core'
import { openEngine, type EngineOptions } from '@coherent-gradients/engine'
import { perExampleGradients, softmaxCrossEntropy, type Aggregator } from '@coherent-gradients/gradients'
import { openOrderStatistics, percentileRanks } from '@coherent-gradients/kernels'
import { buildModel } from '@coherent-gradients/models'
import { everySteps, tensorBatch, train } from '@coherent-gradients/training'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'

/** What a run found, as plain data that a page can hand over. */
export interface TrainingRun {
  readonly engine: string
  readonly losses: readonly number[]
  readonly alphas: readonly number[]
  readonly bound: number
  /** Every weight of every model at the end. */
  readonly weights: readonly number[]
  /** Products that are large enough for threads, as far as there may be some. */
  readonly products: readonly number[]
  /** A winsorized mean by threads, and what is said of them. */
  readonly winsorized: readonly number[]
  readonly threads: string
  /** Tensors that were left behind. */
  readonly tensorsLeft: number
}

const rules: readonly Aggregator[] = [mean(), winsorizedMean({ percent: 10 }), medianOfMeans({ groups: 3 })]

/**
 * Trains two small networks, a fully connected and a convolutional one, by each of three rules for a few steps, and
 * measures coherence along the way: something of every package that runs in a browser. The same program everywhere.
 */
export async function trainingRun(engine: string, options: EngineOptions = {}): Promise<TrainingRun> {
  const opened = await openEngine(engine, options)()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const [losses, alphas, weights]: [number[], number[], number[]] = [[], [], []]
  const before = tf.memory().numTensors
  for (const build of [fullyConnected, convolutional]) {
    for (const aggregator of rules) {
      const model = build()
      for await (const event of train({
        model,
        loss: softmaxCrossEntropy,
        aggregator,
        batch: async (step) => batchOf(step),
        examplesPerEpoch: 48,
        steps: 3,
        learningRate: 0.1,
        probes: [{ name: 'alpha', schedule: everySteps(1), measure: coherenceOf }],
      })) {
        if (event.kind === 'step') losses.push(event.loss)
        if (event.kind === 'measurement') alphas.push(event.value)
      }
      for (const weight of model.getWeights()) weights.push(...(await weight.data()))
      model.dispose()
    }
  }
  const series = alphas.map((each) => ({ learningRate: 0.1, alpha: each }))
  const { bound } = generalizationBound(series, { lipschitz: 1, smoothness: 1, examples: 48 })
  const products = await largeProducts()
  const tensorsLeft = tf.memory().numTensors - before
  return { engine: opened.right.description, losses, alphas, bound, weights, products, tensorsLeft, ...byThreads() }
}

/** The first column of a product, made again and again: browsers start threads only while the program waits. */
async function largeProducts(): Promise<number[]> {
  const side = 130
  const [a, b] = ['a', 'b'].map((name) =>
    tf.tensor2d(fillNormals(keyOf(name), new Float32Array(side * side)), [side, side]),
  ) as [tf.Tensor2D, tf.Tensor2D]
  const numbers: number[] = []
  for (let time = 0; time < 5; time++) {
    const column = tf.tidy(() => tf.slice(tf.matMul(a, b, time % 2 === 1), [0, 0], [side, 1]))
    numbers.push(...(await column.data()))
    column.dispose()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  tf.dispose([a, b])
  return numbers
}

function byThreads(): Pick<TrainingRun, 'winsorized' | 'threads'> {
  const [rows, columns] = [50, 3000]
  const values = fillNormals(keyOf('rows'), new Float32Array(rows * columns))
  const statistics = openOrderStatistics({ threads: 2, leastValues: 1 })
  const winsorized = [...statistics.winsorizedMeanOfRows({ values, rows, columns }, percentileRanks(8, rows))]
  statistics.close()
  return { winsorized, threads: statistics.description }
}

const features = 6 * 6
const classes = 3

function fullyConnected(): tfl.LayersModel {
  return buildModel({ kind: 'mlp', inputs: features, hidden: [16, 9], outputs: classes }, derive(keyOf('model'), 'mlp'))
}

function convolutional(): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.reshape({ targetShape: [6, 6, 1], inputShape: [features] }),
      tfl.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
      tfl.layers.maxPooling2d({ poolSize: 2 }),
      tfl.layers.conv2d({ filters: 5, kernelSize: 2, activation: 'relu' }),
      tfl.layers.flatten(),
      tfl.layers.dense({ units: classes }),
    ],
  })
  tf.tidy(() =>
    model.setWeights(
      model.getWeights().map((weight, w) => {
        const drawn = fillNormals(derive(derive(keyOf('model'), 'cnn'), w), new Float32Array(weight.size))
        return tf.tensor(
          drawn.map((x) => 0.4 * x),
          weight.shape,
        )
      }),
    ),
  )
  return model
}

/** The twelve examples of a step: noise around a pattern for each class. */
function batchOf(step: number): Batch {
  const ids = Uint32Array.from({ length: 12 }, (_, i) => 12 * (step % 4) + i)
  const inputs = new Float32Array(ids.length * features)
  for (const [i, id] of ids.entries()) {
    const noise = fillNormals(derive(keyOf('noise'), id), new Float32Array(features))
    for (const [j, x] of noise.entries()) inputs[i * features + j] = 0.5 * x + ((j + id) % classes === 0 ? 1 : 0)
  }
  const labels = Int32Array.from(ids, (id) => id % classes)
  return { ids, inputShape: [features], inputs, labels, trueLabels: labels, touched: new Uint8Array(ids.length) }
}

async function coherenceOf(model: tfl.LayersModel): Promise<number> {
  const batch = tensorBatch(batchOf(0))
  const stack = perExampleGradients(model, softmaxCrossEntropy, batch)
  const statistic = await statisticOf(stack)
  stack.dispose()
  tf.dispose([batch.inputs, batch.labels])
  return alpha(statistic)
}

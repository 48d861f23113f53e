import { mean, meanOfMeans } from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy, trainableWeights } from '@coherent-gradients/gradients'
import { relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { anyOf, everyEpoch, everyFall, everySteps, tensorBatch, train, type TrainingOptions } from './index.ts'
import {
  collect,
  examples,
  momentum,
  open,
  options,
  readWeights,
  toyBatches,
  toyModel,
  weightsOf,
} from './toy.test-support.ts'

describe.each(testEngines)('train on %s', (engine) => {
  beforeAll(() => open(engine))

  /** Mean loss of the batch of a step, as a function that tfjs can differentiate. */
  async function meanLoss(model: LayersModel, step: number): Promise<{ (): tf.Scalar; dispose(): void }> {
    const { inputs, labels } = tensorBatch(await toyBatches(examples, 12)(step))
    const loss = (): tf.Scalar => tf.mean(softmaxCrossEntropy.perExample(model.apply(inputs) as tf.Tensor, labels))
    return Object.assign(loss, { dispose: () => tf.dispose([inputs, labels]) })
  }

  const twins = {
    'plain subtraction': (model: LayersModel, loss: () => tf.Scalar): tf.Scalar =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(loss)
        for (const { variable } of trainableWeights(model)) {
          variable.assign(tf.sub(variable, tf.mul(grads[variable.name]!, 0.1)))
        }
        return value
      }),
    'tf.train.sgd': (model: LayersModel, loss: () => tf.Scalar): tf.Scalar => {
      const optimizer = tf.train.sgd(0.1)
      const variables = trainableWeights(model).map(({ variable }) => variable)
      const value = optimizer.minimize(loss, true, variables)!
      optimizer.dispose()
      return value
    },
  }

  it.each(
    Object.keys(twins).flatMap((twin) => [
      { twin, aggregator: mean() },
      { twin, aggregator: meanOfMeans({ groups: 3 }) },
    ]),
  )('with $aggregator.name takes the steps of $twin', async ({ twin, aggregator }) => {
    const model = toyModel()
    const other = toyModel()
    const found: { losses: number[]; weights: number[][] } = { losses: [], weights: [] }
    for await (const event of train<number[]>({ ...options(model, { aggregator }), probes: [readWeights] })) {
      if (event.kind === 'step') found.losses.push(event.loss)
      if (event.kind === 'measurement') found.weights.push(event.value)
    }
    for (let step = 0; step < 20; step++) {
      const loss = await meanLoss(other, step)
      const value = twins[twin as keyof typeof twins](other, loss)
      expect(found.losses[step]).toBeAllClose((await value.data())[0]!, { rtol: 1e-5 })
      const error = relativeError(found.weights[step + 1]!, await weightsOf(other))
      expect(error, `after step ${step + 1}`).toBeLessThan(2e-6)
      value.dispose()
      loss.dispose()
    }
    expect(relativeError(await weightsOf(model), await weightsOf(toyModel()))).toBeGreaterThan(0.05)
  })

  it('goes on from each checkpoint as the unbroken run does, bit for bit', async () => {
    const schedule = anyOf([everyFall(0.05), everyEpoch(), everySteps(7)])
    const withMemory = (model: LayersModel): TrainingOptions<number[]> => ({
      ...options(model, { aggregator: momentum(0.9), learningRate: 0.03, steps: 25, checkpointEvery: 4 }),
      probes: [
        { ...readWeights, schedule },
        { name: 'falls', schedule: everyFall(0.01), measure: async (_, { loss }) => [loss] },
      ],
    })
    const unbroken = toyModel()
    const told = await collect(train(withMemory(unbroken)))
    const checkpoints = told.filter((event) => event.kind === 'checkpoint')
    expect(checkpoints.map(({ state }) => state.step)).toEqual([4, 8, 12, 16, 20, 24, 25])
    for (const checkpoint of checkpoints) {
      const model = toyModel(2)
      // What a checkpoint file does to it.
      const schedules = JSON.parse(JSON.stringify(checkpoint.state.schedules)) as typeof checkpoint.state.schedules
      const rest = await collect(train({ ...withMemory(model), resume: { ...checkpoint.state, schedules } }))
      expect(rest).toEqual(told.slice(told.indexOf(checkpoint) + 1))
      expect(await weightsOf(model)).toEqual(await weightsOf(unbroken))
    }
  })

  it('gives the same events twice', async () => {
    const runs = [toyModel(), toyModel()].map((model) => collect(train({ ...options(model), probes: [readWeights] })))
    const [once, again] = await Promise.all(runs)
    expect(once).toEqual(again)
  })

  it('holds no more tensors after 300 steps than after 3, and frees them all', async () => {
    const model = toyModel()
    const before = tf.memory().numTensors
    const held: number[] = []
    const probes = [readWeights]
    const long = { ...options(model, { aggregator: momentum(0.5), steps: 300, checkpointEvery: 50 }), probes }
    for await (const event of train(long)) if (event.kind === 'step') held.push(tf.memory().numTensors)
    expect(held).toHaveLength(300)
    expect(new Set(held)).toEqual(new Set([before + trainableWeights(model).length]))
    expect(tf.memory().numTensors).toBe(before)
  })

  it('says diverged when the loss is not finite, and nothing after it', async () => {
    const model = toyModel()
    const before = tf.memory().numTensors
    const told = await collect(train(options(model, { learningRate: 1e30, checkpointEvery: 1 })))
    const last = told.at(-1)!
    expect(last.kind === 'diverged' && !Number.isFinite(last.loss)).toBe(true)
    expect(told.filter((event) => event.kind === 'diverged')).toHaveLength(1)
    expect(told.length).toBeLessThan(20)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each([{ aggregator: momentum(0.9) }, { aggregator: meanOfMeans({ groups: 3 }) }])(
    'counts right answers with $aggregator.name',
    async ({ aggregator }) => {
      const model = toyModel()
      const { inputs, labels } = tensorBatch(await toyBatches(examples, 12)(0))
      const predicted = tf.tidy(() => tf.argMax(model.apply(inputs) as tf.Tensor, 1))
      const truth = await labels.data()
      const right = (await predicted.data()).filter((label, i) => label === truth[i]).length
      const [first] = await collect(train(options(model, { aggregator, steps: 1 })))
      expect(first).toMatchObject({ kind: 'step', accuracy: right / 12 })
    },
  )
})

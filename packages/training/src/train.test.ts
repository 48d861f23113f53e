import { mean, meanOfMeans } from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy, type Aggregator, type Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { everySteps, train, type Moment, type TrainingEvent, type TrainingOptions } from './index.ts'
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

describe('train', () => {
  beforeAll(() => open('cpu'))

  const label = (event: TrainingEvent<unknown>): string =>
    event.kind === 'measurement'
      ? `${event.probe} ${event.step}`
      : event.kind === 'checkpoint'
        ? `checkpoint ${event.state.step}`
        : `${event.kind} ${event.step}`

  const probes = [
    { name: 'b', schedule: everySteps(2), measure: async () => null },
    { name: 'a', schedule: everySteps(3), measure: async () => null },
  ]

  it('tells steps, then measurements in the order of the probes, then the checkpoint', async () => {
    const told = await collect(train<null>({ ...options(toyModel(), { steps: 5, checkpointEvery: 3 }), probes }))
    expect(told.map(label).join(', ')).toBe(
      'b 0, a 0, step 1, step 2, b 2, step 3, a 3, checkpoint 3, step 4, b 4, step 5, checkpoint 5',
    )
  })

  it('counts epochs by the examples seen', async () => {
    const told = await collect(train(options(toyModel(), { steps: 3, examplesPerEpoch: 24 })))
    expect(told.map((event) => (event.kind === 'step' ? event.epoch : null))).toEqual([0.5, 1, 1.5])
  })

  it('measures the weights of step 0 before any update, and with no steps tells no more', async () => {
    const model = toyModel()
    const told = await collect(train<number[]>({ ...options(model, { steps: 0 }), probes: [readWeights] }))
    const value = await weightsOf(toyModel())
    expect(told).toEqual([{ kind: 'measurement', probe: 'weights', step: 0, epoch: 0, value }])
    expect(await weightsOf(model)).toEqual(await weightsOf(toyModel()))
  })

  it('gives probes the loss of the minibatch before the update', async () => {
    const probe = { name: 'p', schedule: everySteps(1), measure: async (_: LayersModel, at: Moment) => at }
    const told = await collect(train<Moment>({ ...options(toyModel(), { steps: 3 }), probes: [probe] }))
    const steps = told.filter((event) => event.kind === 'step')
    const seen = told.flatMap((event) => (event.kind === 'measurement' ? [event.value] : []))
    expect(seen).toEqual([
      { step: 0, epoch: 0, loss: Number.NaN },
      ...steps.map(({ step, epoch, loss }) => ({ step, epoch, loss })),
    ])
  })

  it('stops between two updates when the consumer leaves, and frees its tensors', async () => {
    const model = toyModel()
    const before = tf.memory().numTensors
    let left: number[] = []
    let asked = 0
    const batch = (step: number): ReturnType<TrainingOptions['batch']> => {
      asked++
      return toyBatches(examples, 12)(step)
    }
    for await (const event of train(options(model, { aggregator: momentum(0.9), batch }))) {
      if (event.kind !== 'step' || event.step < 4) continue
      left = await weightsOf(model)
      break
    }
    expect(asked).toBe(4)
    expect(await weightsOf(model)).toEqual(left)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(['step', 'measurement', 'checkpoint', 'diverged'] as const)(
    'frees its tensors when left at a %s',
    async (kind) => {
      const model = toyModel()
      const before = tf.memory().numTensors
      const rest = { aggregator: momentum(0.9), checkpointEvery: 1, learningRate: kind === 'diverged' ? 1e30 : 0.1 }
      for await (const event of train<number[]>({ ...options(model, rest), probes: [readWeights] })) {
        if (event.kind === kind) break
      }
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  const failing: Record<string, { rest: Partial<TrainingOptions<never>>; message: RegExp }> = {
    'a batch that cannot be read': {
      rest: {
        batch: async (step) => (step < 2 ? toyBatches(examples, 12)(step) : Promise.reject(new Error('torn file'))),
      },
      message: /^torn file$/,
    },
    'an empty batch': {
      rest: { batch: () => examples.read([]) },
      message: /^train: required a batch of at least 1 example, found 0$/,
    },
    'a batch that micro-batches do not divide': {
      rest: { aggregator: meanOfMeans({ groups: 5 }) },
      message: /divides the batch of 12, found 5/,
    },
    'an aggregator that leaves weights out': {
      rest: { aggregator: forgetful() },
      message: /^train: required a gradient for every weight, found none for dense_2\/kernel, dense_3\/bias$/,
    },
    'a memory that a checkpoint cannot hold': {
      rest: { aggregator: { ...mean(), ...counting() }, checkpointEvery: 1 },
      message: /^train: required float32 tensors in a checkpoint, found int32 in steps$/,
    },
    'a probe that throws': {
      rest: {
        probes: [{ name: 'p', schedule: everySteps(3), measure: async () => Promise.reject(new Error('no probe')) }],
      },
      message: /^no probe$/,
    },
  }
  it.each(Object.entries(failing))('passes %s on and leaves no tensor behind', async (_, { rest, message }) => {
    const model = toyModel()
    const before = tf.memory().numTensors
    const run = collect(train(options(model, { aggregator: momentum(0.9), ...rest })))
    await expect(run).rejects.toThrow(message)
    expect(tf.memory().numTensors).toBe(before)
  })

  // tfjs itself drops what its tape had saved when a differentiated function throws, so tensors aren't counted here.
  it('passes the error of a loss on', async () => {
    const run = collect(train(options(toyModel(), { loss: throwing(softmaxCrossEntropy) })))
    await expect(run).rejects.toThrow('no loss today')
  })

  const { schedule } = readWeights
  const measure = async (): Promise<never> => Promise.reject(new Error('never asked'))
  it.each([
    [{ steps: -1 }, 'steps to be a whole number ≥ 0, found -1'],
    [{ steps: 1.5 }, 'steps to be a whole number ≥ 0, found 1.5'],
    [{ examplesPerEpoch: 0 }, 'examplesPerEpoch to be a whole number ≥ 1, found 0'],
    [{ checkpointEvery: 0 }, 'checkpointEvery to be a whole number ≥ 1, found 0'],
    [{ learningRate: -0.1 }, 'a finite learningRate ≥ 0, found -0.1'],
    [{ learningRate: Number.NaN }, 'a finite learningRate ≥ 0, found NaN'],
    [
      {
        probes: [
          { name: 'p', schedule, measure },
          { name: 'p', schedule, measure },
        ],
      },
      'a name of its own for each probe, found p twice',
    ],
    [
      { resume: { step: -1, examplesSeen: 0, weights: {}, aggregator: {}, schedules: {} } },
      'resume.step to be a whole number ≥ 0, found -1',
    ],
  ])('refuses %j', async (rest: Partial<TrainingOptions>, message) => {
    await expect(collect(train(options(toyModel(), rest)))).rejects.toThrow(
      new RangeError(`train: required ${message}`),
    )
  })

  it('refuses to go on from the state of another network, and leaves the model as it was', async () => {
    const told = await collect(train(options(toyModel(), { steps: 1, checkpointEvery: 1 })))
    const last = told.at(-1)!
    if (last.kind !== 'checkpoint') throw new Error(`expected a checkpoint, found ${last.kind}`)
    const { ['dense_3/bias']: bias, ...others } = last.state.weights
    const model = toyModel()
    for (const weights of [others, { ...others, 'dense_3/bias': { shape: [1, 3], data: bias!.data } }]) {
      const run = collect(train(options(model, { resume: { ...last.state, weights } })))
      await expect(run).rejects.toThrow(
        /^train: required a state to resume from with weights dense_1\/bias \[8\], .*, found /,
      )
    }
    expect(await weightsOf(model)).toEqual(await weightsOf(toyModel()))
  })

  it('gives checkpoints that later updates leave alone', async () => {
    const model = toyModel()
    for await (const event of train(options(model, { steps: 2, checkpointEvery: 1 }))) {
      if (event.kind !== 'checkpoint' || event.state.step !== 1) continue
      const kept = event.state.weights['dense_1/kernel']!.data
      const copy = kept.slice()
      const once = collect(train(options(toyModel(), { resume: event.state })))
      await once
      expect(kept).toEqual(copy)
    }
  })
})

function throwing(loss: Loss): Loss {
  return {
    name: loss.name,
    perExample() {
      throw new Error('no loss today')
    },
  }
}

function forgetful(): Aggregator {
  const { init, aggregate, ...rest } = momentum(0.9)
  return {
    ...rest,
    init,
    aggregate(stack, state) {
      const { gradient, state: next } = aggregate(stack, state)
      const { ['dense_2/kernel']: kernel, ['dense_3/bias']: bias, ...others } = gradient
      tf.dispose([kernel!, bias!])
      return { gradient: others, state: next }
    },
  }
}

function counting(): Pick<Aggregator, 'init' | 'aggregate'> {
  return {
    init: () => ({ steps: tf.scalar(0, 'int32') }),
    aggregate: (stack, state) => ({
      gradient: mean().aggregate(stack, {}).gradient,
      state: { steps: tf.tidy(() => tf.add(state['steps']!, tf.scalar(1, 'int32'))) },
    }),
  }
}

import { mean, meanOfMeans } from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy, trainableWeights, type Aggregator, type Loss } from '@coherent-gradients/gradients'
import { relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  anyOf,
  everyEpoch,
  everyFall,
  everySteps,
  tensorBatch,
  train,
  type Moment,
  type Probe,
  type TrainingEvent,
  type TrainingOptions,
} from './index.ts'
import { collect, momentum, open, toyBatches, toyModel, toySplit, weightsOf } from './toy.test-support.ts'

const split = toySplit(90)

function options(model: LayersModel, rest: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    model,
    loss: softmaxCrossEntropy,
    aggregator: mean(),
    batch: toyBatches(split, 12),
    examplesPerEpoch: split.ids.length,
    steps: 20,
    learningRate: 0.1,
    ...rest,
  }
}

const readWeights: Probe<number[]> = {
  name: 'weights',
  schedule: everySteps(1),
  measure: async (model) => weightsOf(model),
}

describe.each(testEngines)('train on %s', (engine) => {
  beforeAll(() => open(engine))

  /** Mean loss of the batch of a step, as a function that tfjs can differentiate. */
  async function meanLoss(model: LayersModel, step: number): Promise<{ (): tf.Scalar; dispose(): void }> {
    const { inputs, labels } = tensorBatch(await toyBatches(split, 12)(step))
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
      const { inputs, labels } = tensorBatch(await toyBatches(split, 12)(0))
      const predicted = tf.tidy(() => tf.argMax(model.apply(inputs) as tf.Tensor, 1))
      const truth = await labels.data()
      const right = (await predicted.data()).filter((label, i) => label === truth[i]).length
      const [first] = await collect(train(options(model, { aggregator, steps: 1 })))
      expect(first).toMatchObject({ kind: 'step', accuracy: right / 12 })
    },
  )
})

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
      return toyBatches(split, 12)(step)
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
        batch: async (step) => (step < 2 ? toyBatches(split, 12)(step) : Promise.reject(new Error('torn file'))),
      },
      message: /^torn file$/,
    },
    'an empty batch': {
      rest: { batch: () => split.read([]) },
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

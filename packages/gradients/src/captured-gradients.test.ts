import { openEngine } from '@coherent-gradients/engine'
import { onEachEngine, relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { expect, it } from 'vitest'
import {
  capturedGradients,
  microBatchGradients,
  perExampleGradients,
  softmaxCrossEntropy,
  trainableWeights,
  type CaptureOptions,
  type GradientStack,
  type TensorBatch,
} from './index.ts'

const M = 6
const { layers } = tfl

/** Convolutions, a nested model that is called twice, normalisation: by every kind of block. */
function network(normalised: boolean): tfl.LayersModel {
  const input = tfl.input({ shape: [5, 5, 2] })
  const inner = tfl.sequential({
    name: 'inner',
    layers: [layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', activation: 'tanh', inputShape: [5, 5, 2] })],
  })
  const twice = inner.apply(inner.apply(input)) as tfl.SymbolicTensor
  const middle = normalised
    ? (layers.batchNormalization({ name: 'normalised' }).apply(twice) as tfl.SymbolicTensor)
    : twice
  const pooled = layers.averagePooling2d({ poolSize: 2 }).apply(middle)
  const flat = layers.flatten().apply(pooled)
  const hidden = layers.prelu({ alphaInitializer: 'ones' }).apply(layers.dense({ units: 4 }).apply(flat))
  return tfl.model({ inputs: input, outputs: layers.dense({ units: 3 }).apply(hidden) as tfl.SymbolicTensor })
}

const batchOf = (m: number): TensorBatch => ({
  inputs: tf.tensor(
    Array.from({ length: m * 50 }, (_, i) => Math.sin(i * i)),
    [m, 5, 5, 2],
  ),
  labels: tf.tensor1d(
    Array.from({ length: m }, (_, i) => i % 3),
    'int32',
  ),
})

const capture = (
  model: tfl.LayersModel,
  batch: TensorBatch,
  options: CaptureOptions,
): { value: Scalar; stack: GradientStack } => {
  const variables = trainableWeights(model).map(({ variable }) => variable)
  const run = (): Scalar =>
    tf.mean(softmaxCrossEntropy.perExample(model.apply(batch.inputs, { training: true }) as Tensor, batch.labels))
  return capturedGradients(run, variables, { root: model, ...options })
}

const read = async (tensor: Tensor): Promise<number[]> => {
  const values = [...(await tensor.data())]
  tensor.dispose()
  return values
}

/** Every row of every weight, every weight's mean, and the losses. */
async function contents(stack: GradientStack): Promise<Record<string, number[]>> {
  const all: Record<string, number[]> = { losses: [...(await stack.losses.data())] }
  for (const block of stack.blocks) {
    all[block.name] = await read(block.columns(0, block.size))
    all[`${block.name}, mean`] = await read(block.mean())
  }
  return all
}

/** The parts in which two stacks differ, or that one of them lacks. */
async function differences(found: GradientStack, expected: GradientStack): Promise<string[]> {
  const [a, b] = [await contents(found), await contents(expected)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => !(relativeError(a[name] ?? [], b[name] ?? []) < 2e-5),
  )
}

onEachEngine('captured gradients', openEngine, () => {
  const held = async (run: () => Promise<void>): Promise<void> => {
    const before = tf.memory().numTensors
    await run()
    expect(tf.memory().numTensors).toBe(before)
  }

  it('are each example’s own', async () => {
    const [model, batch] = [network(false), batchOf(M)]
    await held(async () => {
      const { value, stack } = capture(model, batch, { rows: { of: 'examples' } })
      const expected = perExampleGradients(model, softmaxCrossEntropy, batch)
      expect(await differences(stack, expected)).toEqual([])
      const losses = [...(await expected.losses.data())]
      expect((await read(value))[0]).toBeCloseTo(losses.reduce((sum, x) => sum + x, 0) / M, 5)
      stack.dispose()
      expected.dispose()
    })
  })

  it.each(['inference', 'frozenBatch'] as const)('go by the choice of batch normalisation: %s', async (choice) => {
    const [model, batch] = [network(true), batchOf(M)]
    await held(async () => {
      const expected = perExampleGradients(model, softmaxCrossEntropy, batch, { batchNormalization: choice })
      const { value, stack } = capture(model, batch, { rows: { of: 'examples' }, batchNormalization: choice })
      expect(await differences(stack, expected)).toEqual([])
      value.dispose()
      stack.dispose()
      expected.dispose()
    })
  })

  it.each([1, 2, 3, 6])('are the means of %i micro-batches, by each one’s own statistics', async (groups) => {
    const [model, batch] = [network(true), batchOf(M)]
    const expected = microBatchGradients(model, softmaxCrossEntropy, batch, groups, { batchNormalization: 'training' })
    await held(async () => {
      const { value, stack } = capture(model, batch, { rows: { of: 'micro-batches', groups } })
      expect(await differences(stack, expected)).toEqual([])
      value.dispose()
      stack.dispose()
    })
    expected.dispose()
  })

  it('move the moving statistics as tfjs’s own training does', async () => {
    const [model, twin, batch] = [network(true), network(true), batchOf(M)]
    twin.setWeights(model.getWeights())
    const { value, stack } = capture(model, batch, { rows: { of: 'micro-batches', groups: 1 } })
    tf.tidy(() => void twin.apply(batch.inputs, { training: true }))
    const moving = (of: tfl.LayersModel): Promise<number[][]> =>
      Promise.all(
        of.weights
          .filter(({ name }) => name.includes('moving'))
          .map(async (weight) => [...(await weight.read().data())]),
      )
    const [a, b] = [(await moving(model)).flat(), (await moving(twin)).flat()]
    expect(relativeError(a, b)).toBeLessThan(1e-6)
    tf.dispose(value)
    stack.dispose()
  })

  it('tell every row’s mean loss where the closure takes no mean over examples', async () => {
    const model = network(false)
    const variables = trainableWeights(model).map(({ variable }) => variable)
    const total = (): Scalar => tf.sum(tf.square(model.apply(batchOf(M).inputs) as Tensor))
    const { value, stack } = capturedGradients(total, variables, { rows: { of: 'examples' }, root: model })
    const each = (await value.data())[0]!
    expect([...(await stack.losses.data())]).toEqual(Array.from({ length: M }, () => each))
    stack.dispose()
  })
})

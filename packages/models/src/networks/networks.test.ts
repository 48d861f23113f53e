import { keyOf } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { rightOf } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildModel, type ModelSpec } from '../index.ts'

beforeAll(async () => {
  rightOf(await openEngine('wasm')())
})

const cifar = { inputShape: [32, 32, 3], outputs: 10 } as const
const imagenet = { inputShape: [224, 224, 3], outputs: 1000 } as const

/** Weights that are trained, as they are published for these networks or counted by hand. */
const published: readonly (readonly [name: string, spec: ModelSpec, weights: number])[] = [
  ['ResNet-18 for CIFAR', { kind: 'resnet', depth: 18, ...cifar }, 11_173_962],
  ['ResNet-50', { kind: 'resnet', depth: 50, ...imagenet }, 25_557_032],
  [
    'a small network',
    { kind: 'cnn', stages: [[2], [3]], dense: [4], inputShape: [8, 8, 1], outputs: 2 },
    9 * 2 + 2 + (9 * 2 * 3 + 3) + (2 * 2 * 3 * 4 + 4) + (4 * 2 + 2),
  ],
]

describe('networks of images', () => {
  it.each(published)('%s has as many weights as is known', (_, spec, weights) => {
    const model = buildModel({ ...spec, initialisation: 0 }, keyOf(1))
    expect(trained(model)).toBe(weights)
    model.dispose()
  })

  const small: readonly ModelSpec[] = [
    { kind: 'cnn', stages: [[2], [3]], dense: [4], inputShape: [8, 8, 1], outputs: 3 },
    { kind: 'alexnet', width: 0.02, inputShape: [16, 16, 1], outputs: 3 },
    { kind: 'inception', width: 0.05, inputShape: [12, 12, 3], outputs: 3 },
    { kind: 'inception', width: 0.05, batchNormalization: false, inputShape: [12, 12, 3], outputs: 3 },
    { kind: 'resnet', depth: 18, width: 0.05, inputShape: [8, 8, 3], outputs: 3 },
    { kind: 'resnet', depth: 50, width: 0.05, batchNormalization: false, inputShape: [8, 8, 3], outputs: 3 },
  ]

  it.each(small.map((spec) => [JSON.stringify(spec), spec] as const))(
    'gives finite logits and a gradient for every weight: %s',
    async (_, spec) => {
      const tensors = tf.memory().numTensors
      const model = buildModel(spec, keyOf(1))
      const { inputShape } = spec as Extract<ModelSpec, { inputShape: unknown }>
      const norms = await read(() => {
        const inputs = tf.randomNormal([2, ...inputShape], 0, 1, 'float32', 1)
        const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(model.apply(inputs) as tf.Tensor)))
        const each = model.trainableWeights.map(
          (weight) => grads[(weight as unknown as { val: tf.Variable }).val.name]!,
        )
        return tf.stack([value, ...each.map((gradient) => tf.sum(tf.square(gradient)))])
      })
      expect(norms).toHaveLength(1 + model.trainableWeights.length)
      expect(norms.every((norm) => Number.isFinite(norm) && norm < 1e8)).toBe(true)
      expect(norms[0]!).toBeGreaterThan(0)
      model.dispose()
      expect(tf.memory().numTensors).toBe(tensors)
    },
  )

  it('halves AlexNet’s images as in the paper of its one column', () => {
    const model = buildModel({ kind: 'alexnet', width: 0.01, ...imagenet }, keyOf(1))
    const sides = model.layers
      .filter(({ name }) => /^(conv|pooling)/.test(name))
      .map(({ outputShape }) => outputShape[1])
    expect(sides).toEqual([54, 26, 26, 12, 12, 12, 12, 5])
    model.dispose()
  })

  it('keeps the variance of what comes through ReLUs', async () => {
    const model = buildModel(
      { kind: 'mlp', inputs: 200, hidden: [400, 400], outputs: 400, initialisation: 'he-normal' },
      keyOf(3),
    )
    const variance = await read(() => {
      const inputs = tf.randomNormal([50, 200], 0, 1, 'float32', 4)
      return tf.mean(tf.square(model.apply(inputs) as tf.Tensor))
    })
    // Each layer doubles the share that its ReLU lets through: 2 for the inputs, which no ReLU has halved.
    expect(variance[0]!).toBeGreaterThan(1.6)
    expect(variance[0]!).toBeLessThan(2.4)
    model.dispose()
  })

  it.each([
    [{ kind: 'resnet', depth: 19, ...cifar } as unknown as ModelSpec, /depth 18, 34 or 50, found 19/],
    [{ kind: 'resnet', depth: 18, width: 0, ...cifar } as ModelSpec, /width above 0, found 0/],
    [{ kind: 'cnn', stages: [[0]], dense: [], ...cifar } as ModelSpec, /filters to be a whole number ≥ 1, found 0/],
    [{ kind: 'cnn', stages: [], dense: [], inputShape: [0, 4, 1], outputs: 2 } as ModelSpec, /inputShape\[0\]/],
    [{ kind: 'transformer' } as unknown as ModelSpec, /a kind of mlp, linear.*found transformer/],
  ])('refuses %j', (spec, message) => {
    expect(() => buildModel(spec, keyOf(1))).toThrow(message)
  })
})

function trained(model: LayersModel): number {
  return model.trainableWeights.reduce(
    (sum, weight) => sum + (weight.shape as number[]).reduce((size, n) => size * n, 1),
    0,
  )
}

async function read(make: () => tf.Tensor): Promise<number[]> {
  const tensor = tf.tidy(make)
  const data = [...(await tensor.data())]
  tensor.dispose()
  return data
}

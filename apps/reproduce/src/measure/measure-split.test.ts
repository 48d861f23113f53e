import { keyOf, normals, uniformIntegers } from '@coherent-gradients/core'
import { splitOf } from '@coherent-gradients/datasets'
import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { measureSplit } from './measure-split.ts'
import type { MeasuredSplit } from './scopes-of.ts'

const M = 60
const split = splitOf({
  name: 'made up',
  inputs: Float32Array.from(normals(keyOf('inputs'), 36 * M)),
  labels: uniformIntegers(keyOf('labels'), M, 3),
  inputShape: [6, 6, 1],
  classes: 3,
})

let model: tfl.LayersModel
beforeAll(async () => {
  expect((await openEngine('wasm')())._tag).toBe('Right')
  model = tfl.sequential({
    layers: [
      tfl.layers.conv2d({ name: 'conv', filters: 3, kernelSize: 3, activation: 'relu', inputShape: [6, 6, 1] }),
      tfl.layers.batchNormalization({ name: 'norm' }),
      tfl.layers.flatten(),
      tfl.layers.dense({ name: 'dense', units: 3 }),
    ],
  })
})

async function measured(passBytes?: number): Promise<MeasuredSplit> {
  const found = await measureSplit(split, {
    model,
    loss: softmaxCrossEntropy,
    classes: 3,
    inputShape: [6, 6, 1],
    ...(passBytes === undefined ? {} : { passBytes }),
  })
  if (found._tag === 'Left') throw new Error(found.left.message)
  return found.right[0]
}

const figures = ({ loss, whole, layers }: MeasuredSplit): number[] => [
  loss,
  ...[whole, ...layers].flatMap((scope) => [scope.alpha, scope.alphaDebiased!, scope.standardError!, scope.share]),
]

describe('measureSplit', () => {
  it.each([1, 20_000, 60_000, 2 ** 31])('gives the same whatever a pass may take: %d bytes', async (passBytes) => {
    expect(figures(await measured(passBytes))).toBeAllClose(figures(await measured()), { rtol: 2e-5, atol: 1e-7 })
  })

  it('leaves weights and moving statistics as they were, bit for bit, and no tensor behind', async () => {
    const before = model.getWeights().map((weight) => [...weight.dataSync()])
    const tensors = tf.memory().numTensors
    await measured()
    expect(tf.memory().numTensors).toBe(tensors)
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before)
  })

  it('takes 10,000 examples of MNIST’s size in less than 300 MB above the idle engine', async () => {
    const script = fileURLToPath(new URL('../testing/peak-memory.test-support.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script])
    const { idle, peak, m } = JSON.parse(stdout) as { idle: number; peak: number; m: number }
    expect(m).toBe(10_000)
    expect(peak - idle).toBeLessThan(300e6)
  }, 60_000)
})

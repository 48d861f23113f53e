import { layers, summarize } from '@coherent-gradients/coherence'
import { normsOf } from '@coherent-gradients/coherence/tfjs'
import { derive, keyOf, normals } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import {
  halfSquaredError,
  perExampleGradients,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
  type Loss,
} from '@coherent-gradients/gradients'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../testing/measure.test-support.ts'
import { saveArrays, saveModel } from '../testing/saved-model.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-targets-'))
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const M = 24
const x = Float32Array.from(normals(keyOf('x'), 3 * M))

function network(outputs: number, end: 'linear' | 'softmax' | 'sigmoid' = 'linear'): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ name: 'first', units: 4, activation: 'tanh', inputShape: [3] }),
      tfl.layers.dense({ name: 'last', units: outputs, activation: end }),
    ],
  })
  const values = model
    .getWeights()
    .map((weight, i) => tf.tensor([...normals(derive(keyOf(5), i), weight.size)], weight.shape))
  model.setWeights(values)
  tf.dispose(values)
  return model
}

let made = 0
const fresh = (): string => join(scratch, String((made += 1)))

async function files(model: tfl.LayersModel, y: Float32Array, shape: number[]): Promise<string[]> {
  const data = await saveArrays(`${fresh()}.npz`, {
    x: { shape: [M, 3], data: x },
    y: { shape: [M, ...shape], data: y },
  })
  return ['--model', await saveModel(model, fresh()), '--dataset', data]
}

const shares = (width: number): Float32Array =>
  Float32Array.from({ length: M * width }, (_, i) => (i % width === 0 ? 0.7 : 0.3 / (width - 1)))

describe('measure of numbers to be fitted', () => {
  it.each<[string, number, 'linear' | 'softmax' | 'sigmoid', number[], Float32Array, string[], Loss]>([
    [
      'one number, [m]',
      1,
      'linear',
      [],
      Float32Array.from(normals(keyOf('y'), M)),
      ['--loss', 'half-squared-error'],
      halfSquaredError,
    ],
    [
      'one number, [m, 1]',
      1,
      'linear',
      [1],
      Float32Array.from(normals(keyOf('y'), M)),
      ['--loss', 'half-squared-error'],
      halfSquaredError,
    ],
    [
      'two numbers',
      2,
      'linear',
      [2],
      Float32Array.from(normals(keyOf('y'), 2 * M)),
      ['--loss', 'half-squared-error'],
      halfSquaredError,
    ],
    ['soft labels', 3, 'softmax', [3], shares(3), [], softmaxCrossEntropy],
    [
      'several answers at once',
      3,
      'sigmoid',
      [3],
      Float32Array.from({ length: 3 * M }, (_, i) => (i >> 1) % 2),
      [],
      sigmoidCrossEntropy,
    ],
  ])('gives what the packages give: %s', async (_, outputs, end, shape, y, more, loss) => {
    const { code, out, err } = await measure(...(await files(network(outputs, end), y, shape)), ...more, '--json')
    expect([code, err]).toEqual([0, ''])
    const model = network(outputs)
    const batch = { inputs: tf.tensor2d(x, [M, 3]), labels: tf.tensor2d(y, [M, outputs]) }
    const stack = perExampleGradients(model, loss, batch)
    const norms = await normsOf(stack)
    stack.dispose()
    const json = JSON.parse(out) as { alpha: number; layers: { alpha: number }[]; shuffledLabels: { alpha: number } }
    expect(json.alpha).toBeAllClose(summarize(norms).alpha, { rtol: 1e-4 })
    expect(json.layers.map(({ alpha }) => alpha)).toBeAllClose(
      layers(norms).map(({ alpha }) => alpha),
      { rtol: 1e-4 },
    )
  })

  it('shuffles whole targets among the examples', async () => {
    const y = Float32Array.from(normals(keyOf('y'), 2 * M))
    const argv = [...(await files(network(2), y, [2])), '--loss', 'half-squared-error', '--json']
    const json = JSON.parse((await measure(...argv)).out) as {
      alpha: number
      shuffledLabels: { alpha: number; meanLoss: number }
    }
    expect(json.shuffledLabels.alpha).not.toBe(json.alpha)
    // All targets alike leave nothing to shuffle.
    const alike = [
      ...(await files(network(2), new Float32Array(2 * M).fill(0.5), [2])),
      '--loss',
      'half-squared-error',
      '--json',
    ]
    const same = JSON.parse((await measure(...alike)).out) as typeof json
    expect(same.shuffledLabels.alpha).toBe(same.alpha)
  })

  it('refuses, in one line, what doesn’t fit', async () => {
    const y = Float32Array.from(normals(keyOf('y'), 2 * M))
    const refused = async (model: tfl.LayersModel, ...more: string[]): Promise<string> => {
      const { code, out, err } = await measure(...(await files(model, y, [2])), ...more)
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/^error: [^\n]+\n$/)
      return err
    }
    expect(await refused(network(2))).toMatch(/is linear, and y holds numbers that are no classes: say --loss/)
    expect(await refused(network(3), '--loss', 'half-squared-error')).toMatch(/has 3 outputs, and y holds 2 numbers/)
    expect(await refused(network(2), '--loss', 'softmax-cross-entropy')).toMatch(
      /needs classes, or targets from 0 to 1: found/,
    )
    expect(await refused(network(2), '--loss', 'half-squared-error', '--population', 'class')).toMatch(
      /--population class needs classes/,
    )
  })
})

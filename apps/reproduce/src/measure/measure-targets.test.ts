import { layers, summarise } from '@coherent-gradients/coherence'
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

async function files(model: tfl.LayersModel, y: Float32Array | Int32Array, shape: number[]): Promise<string[]> {
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
    expect(json.alpha).toBeAllClose(summarise(norms).alpha, { rtol: 1e-4 })
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

describe('measure of labels of which one is none', () => {
  const refused = async (
    model: tfl.LayersModel,
    y: Float32Array | Int32Array,
    shape: number[],
    ...more: string[]
  ): Promise<string> => {
    const { code, out, err } = await measure(...(await files(model, y, shape)), ...more)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^error: [^\n]+\n$/)
    return err
  }
  const labels = (odd: number): Float32Array => Float32Array.from({ length: M }, (_, i) => (i === 7 ? odd : i % 3))

  it.each(['linear', 'softmax', 'sigmoid'] as const)('names the example, its label and the range: %s', async (end) => {
    for (const [odd, shown] of [
      [-1, '-1'],
      [1.5, '1.5'],
      [0.1, '0.1'],
      [3, '3'],
    ] as const) {
      const message = `example 7 has the label ${shown}, and the model's outputs stand for 0 to 2`
      for (const shape of [[], [1]]) expect(await refused(network(3, end), labels(odd), shape)).toContain(message)
      expect(await refused(network(3, end), Int32Array.from(labels(-2)), [])).toContain('has the label -2')
    }
  })

  it('says so of --loss half-squared-error as well', async () => {
    const said = await refused(network(3), labels(-1), [], '--loss', 'half-squared-error')
    expect(said).toContain('example 7 has the label -1, ')
  })

  it.each(['linear', 'softmax'] as const)('names a row that is not one-hot among others that are: %s', async (end) => {
    const rows = Float32Array.from({ length: 3 * M }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
    for (const [odd, shown] of [
      [[0, 0, 0], '[0, 0, 0]'],
      [[0, 1, 1], '[0, 1, 1]'],
      [[0, -1, 2], '[0, -1, 2]'],
    ] as const) {
      rows.set(odd, 3 * 5)
      expect(await refused(network(3, end), rows, [3])).toContain(
        `example 5 has the label ${shown} where others have one 1 and zeros: required one of the classes 0 to 2`,
      )
    }
    const several = await measure(
      ...(await files(
        network(3, 'sigmoid'),
        rows.map((y) => (y > 0 ? 1 : 0)),
        [3],
      )),
      '--json',
    )
    expect(several.code).toBe(0)
  })

  it('refuses one-hot rows of another width than the outputs have, and soft labels that don’t add up', async () => {
    const rows = Float32Array.from({ length: 2 * M }, (_, i) => (i + (i >> 1)) % 2)
    expect(await refused(network(3), rows, [2])).toMatch(/has 3 outputs, and y holds one-hot rows of 2/)
    expect(await refused(network(1, 'sigmoid'), rows, [2])).toMatch(/has 1 output, and y holds one-hot rows of 2/)
    expect((await measure(...(await files(network(2), rows, [2])))).code).toBe(0)
    const soft = shares(3).fill(0.1, 6, 9)
    expect(await refused(network(3, 'softmax'), soft, [3])).toMatch(/add up to 1: found 0\.3\d* in row 2 of y/)
  })
})

describe('inputs that are whole numbers', () => {
  it('are taken as they are, and it is said, unless they are bytes', async () => {
    const run = async (data: Uint8Array | Int32Array, ...more: string[]) => {
      const y = Int32Array.from({ length: M }, (_, i) => i % 3)
      const file = await saveArrays(`${fresh()}.npz`, { x: { shape: [M, 3], data }, y: { shape: [M], data: y } })
      const argv = ['--model', await saveModel(network(3), fresh()), '--dataset', file, ...more]
      const json = JSON.parse((await measure(...argv, '--json')).out) as { alpha: number; wholeInputs?: string }
      return { ...json, said: (await measure(...argv)).out }
    }
    const pixels = Uint8Array.from({ length: 3 * M }, (_, i) => (i * 37) % 256)
    const bytes = await run(pixels)
    const whole = await run(Int32Array.from(pixels))
    const raw = await run(pixels, '--normalise', 'none')
    expect(whole.said).toMatch(/\ninputs are int32, which is not divided by 255: save pixels as uint8 for that\n/)
    expect(whole.wholeInputs).toBe('int32')
    expect(whole.alpha).toBe(raw.alpha)
    expect(whole.alpha).not.toBe(bytes.alpha)
    for (const silent of [bytes, raw, await run(Int32Array.from(pixels), '--normalise', 'none')]) {
      expect(silent.said).not.toMatch(/divided by 255/)
      expect(silent.wholeInputs).toBeUndefined()
    }
  })
})

import { openEngine } from '@coherent-gradients/engine'
import '@coherent-gradients/testkit'
import { keyOf, normals, uniformIntegers } from '@coherent-gradients/core'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../testing/measure.test-support.ts'
import { saveModel, saveNpz } from '../testing/saved-model.test-support.ts'
import { callsOf } from './calls-of.ts'
import { examplesAtATime } from './examples-at-a-time.ts'

let scratch: string
let data: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-nested-'))
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  const x = Float32Array.from(normals(keyOf('x'), 784 * 30))
  data = await saveNpz(join(scratch, 'data.npz'), x, [784], Int32Array.from(uniformIntegers(keyOf('y'), 30, 10)))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

type Block = tfl.LayersModel | tfl.layers.Layer
const dense = (units: number, name: string): tfl.layers.Layer => tfl.layers.dense({ units, name, activation: 'tanh' })

function sequentialBlock(): Block {
  return tfl.sequential({
    name: 'block',
    layers: [tfl.layers.dense({ units: 20, name: 'inside', activation: 'tanh', inputShape: [20] })],
  })
}

function functionalBlock(): Block {
  const inputs = tfl.input({ shape: [20] })
  const outputs = dense(20, 'inside').apply(inputs) as tfl.SymbolicTensor
  return tfl.model({ name: 'block', inputs, outputs })
}

/** 784 → 20 → block, as often as said → 10, and its weights from a seed. */
function network(block: Block, calls: number): tfl.LayersModel {
  const inputs = tfl.input({ shape: [784] })
  let hidden = dense(20, 'first').apply(inputs) as tfl.SymbolicTensor
  for (let call = 0; call < calls; call++) hidden = block.apply(hidden) as tfl.SymbolicTensor
  const outputs = tfl.layers.dense({ units: 10, name: 'last' }).apply(hidden) as tfl.SymbolicTensor
  const model = tfl.model({ inputs, outputs })
  const values = model.weights.map(({ shape }, i) => {
    const size = (shape as number[]).reduce((product, length) => product * length, 1)
    return tf.tensor(
      Float32Array.from(normals(keyOf(String(i)), size), (x) => x / 10),
      shape as number[],
    )
  })
  model.setWeights(values)
  tf.dispose(values)
  return model
}

async function alphaOf(model: tfl.LayersModel): Promise<{ alpha: number; names: readonly string[] }> {
  const folder = await mkdtemp(join(scratch, 'model-'))
  const { code, out, err } = await measure('--model', await saveModel(model, folder), '--dataset', data, '--json')
  expect(err).toBe('')
  expect(code).toBe(0)
  const { alpha, layers } = JSON.parse(out) as { alpha: number; layers: { name: string }[] }
  return { alpha, names: layers.map(({ name }) => name) }
}

describe('a saved model with a model inside', () => {
  it.each([
    ['a tf.sequential', sequentialBlock, 1],
    ['a tf.sequential called twice', sequentialBlock, 2],
    ['a tf.model', functionalBlock, 1],
    ['a tf.model called twice', functionalBlock, 2],
  ] as const)('is measured as its layers by themselves are: %s', async (_, block, calls) => {
    const found = await alphaOf(network(block(), calls))
    expect(found.names).toEqual(['first', 'block/inside', 'last'])
    expect(found.alpha).toBeAllClose((await alphaOf(network(dense(20, 'inside'), calls))).alpha, { rtol: 1e-5 })
  })

  it.each([sequentialBlock, functionalBlock])('takes passes by what all calls of its layers hold', (block) => {
    const numbers = 784 + 20 + 2 * 20 + 10 // and the functional block's own two inputs
    const model = network(block(), 2)
    expect(model.layers.map(callsOf)).toEqual([1, 1, 2, 1])
    const inputs = block === functionalBlock ? 2 * 20 : 0
    expect(examplesAtATime(model, 7 * 16 * (numbers + inputs) + 7)).toBe(7)
    expect(examplesAtATime(model, 7 * 16 * (numbers + inputs))).toBe(6)
  })

  it('refuses a last softmax that is called before as well', async () => {
    const block = tfl.sequential({
      name: 'block',
      layers: [tfl.layers.dense({ units: 784, name: 'probabilities', activation: 'softmax', inputShape: [784] })],
    })
    const inputs = tfl.input({ shape: [784] })
    const outputs = block.apply(block.apply(inputs)) as tfl.SymbolicTensor
    const file = await saveModel(tfl.model({ inputs, outputs }), join(scratch, 'again'))
    const { code, err } = await measure('--model', file, '--dataset', data)
    expect(code).toBe(1)
    expect(err).toMatch(/the last layer, probabilities, is used more than once/)
  })
})

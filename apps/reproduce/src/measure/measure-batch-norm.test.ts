import { alpha, imputedAlpha, monoid, type GradientStatistic } from '@coherent-gradients/coherence'
import { statisticOf } from '@coherent-gradients/coherence/tfjs'
import { derive, keyOf, normals, permutation, uniformIntegers } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { microBatchGradients, perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { readRows } from '@coherent-gradients/runlog'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../testing/measure.test-support.ts'
import { saveModel, saveNpz } from '../testing/saved-model.test-support.ts'

const m = 50
const x = Float32Array.from(normals(keyOf('inputs'), 4 * m))
const y = Int32Array.from(uniformIntegers(keyOf('labels'), m, 3))

let scratch: string
let files: Record<'normalised' | 'plain', string>
let data: string
const models: Record<'normalised' | 'plain', tfl.LayersModel> = {} as never

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-batch-norm-'))
  await openEngine('wasm')()
  for (const name of ['normalised', 'plain'] as const) {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ name: 'first', units: 5, inputShape: [4] }),
        ...(name === 'normalised' ? [tfl.layers.batchNormalization({ name: 'bn' })] : []),
        tfl.layers.activation({ name: 'act', activation: 'tanh' }),
        tfl.layers.dense({ name: 'second', units: 3 }),
      ],
    })
    for (const [w, weight] of model.weights.entries()) {
      const shape = weight.shape as number[]
      const size = shape.reduce((product, n) => product * n, 1)
      const drawn = Float32Array.from(normals(derive(keyOf(name), w), size), (value) =>
        weight.originalName.includes('variance') ? 1 + value ** 2 : value,
      )
      weight.write(tf.tensor(drawn, shape))
    }
    models[name] = model
  }
  files = {
    normalised: await saveModel(models.normalised, join(scratch, 'normalised')),
    plain: await saveModel(models.plain, join(scratch, 'plain')),
  }
  data = join(scratch, 'data.npz')
  await saveNpz(data, x, [4], y)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

type Found = Record<string, number & readonly { readonly name: string; readonly alpha: number }[]> & {
  readonly mAlphaInterval: readonly [number, number]
}

async function measured(model: keyof typeof files, ...options: string[]): Promise<Found> {
  const { code, out, err } = await measure('--model', files[model], '--dataset', data, '--json', ...options)
  expect(err.replaceAll(/^(measuring|peak).*$/gm, '').trim()).toBe('')
  expect(code).toBe(0)
  return JSON.parse(out) as Found
}

/** The statistic of the batches of k that `measure` draws, by a stack for each. */
async function byBatches(
  k: number,
  stackOf: (batch: { inputs: tf.Tensor; labels: tf.Tensor }) => ReturnType<typeof perExampleGradients>,
): Promise<GradientStatistic> {
  const order = permutation(derive(keyOf('measure'), 'batches'), m)
  let statistic = monoid.empty
  for (let j = 0; j < Math.floor(m / k); j++) {
    const ids = [...order.subarray(j * k, (j + 1) * k)]
    const inputs = tf.tensor2d(ids.map((i) => [...x.subarray(4 * i, 4 * i + 4)]))
    const labels = tf.tensor1d(
      ids.map((i) => y[i]!),
      'int32',
    )
    const stack = stackOf({ inputs, labels })
    statistic = monoid.concat(statistic, await statisticOf(stack))
    stack.dispose()
    tf.dispose([inputs, labels])
  }
  return statistic
}

describe('measure --batch-norm', () => {
  it('goes by moving statistics unless told otherwise', async () => {
    const usual = await measured('normalised')
    expect(usual).toMatchObject({ m, batchNormalization: 'inference', imputed: false })
    expect(await measured('normalised', '--batch-norm', 'inference')).toEqual(usual)
  })

  it('frozenBatch: takes whole random batches, each by its own statistics', async () => {
    const found = await measured('normalised', '--batch-norm', 'frozenBatch', '--batch-size', '12')
    const model = models.normalised
    const statistic = await byBatches(12, (batch) =>
      perExampleGradients(model, softmaxCrossEntropy, batch, { batchNormalization: 'frozenBatch' }),
    )
    expect(found).toMatchObject({ m: 48, batchNormalization: 'frozenBatch', batchSize: 12, batches: 4, imputed: false })
    expect(found['alpha']!).toBeAllClose(alpha(statistic), { rtol: 1e-5 })
    expect(found['alpha']!).not.toBeCloseTo((await measured('normalised'))['alpha']!, 6)
  })

  it('imputed: gives the corrected α of whole batches in training mode, and says so everywhere', async () => {
    const out = join(scratch, 'out')
    const found = await measured('normalised', '--batch-norm', 'imputed', '--batch-size', '5', '--out', out)
    const model = models.normalised
    const statistic = await byBatches(5, (batch) =>
      microBatchGradients(model, softmaxCrossEntropy, batch, 1, { batchNormalization: 'training' }),
    )
    const expected = imputedAlpha(statistic, 5)
    expect(found).toMatchObject({ m: 50, batchNormalization: 'imputed', batchSize: 5, batches: 10, imputed: true })
    expect(found['alpha']!).toBeAllClose(expected.alpha!, { rtol: 1e-5, atol: 1e-7 })
    expect(found['alphaDebiased']!).toBeAllClose(expected.alphaDebiased!, { rtol: 1e-4, atol: 1e-6 })
    expect(found['squaredNormOfMean']! / found['meanSquaredNorm']!).toBeAllClose(expected.alpha!, {
      rtol: 1e-5,
      atol: 1e-7,
    })
    const [low, high] = found.mAlphaInterval
    expect(low).toBeLessThanOrEqual(found['mAlpha']!)
    expect(high).toBeGreaterThanOrEqual(found['mAlpha']!)
    const table = await readRows(out, 'coherence')()
    if (table._tag === 'Left') throw new Error(table.left.message)
    expect(table.right.rows.every(({ imputed }) => imputed)).toBe(true)
    const said = await measure(
      '--model',
      files.normalised,
      '--dataset',
      data,
      '--batch-norm',
      'imputed',
      '--batch-size',
      '5',
    )
    expect(said.out).toMatch(/imputed from 10 random batches of 5 in batch normalisation's training mode/)
  })

  it('is the same without batch normalisation, up to rounding: frozen always, imputed at k = 1', async () => {
    const usual = await measured('plain')
    for (const options of [
      ['frozenBatch', '--batch-size', '10'],
      ['imputed', '--batch-size', '1'],
    ]) {
      const found = await measured('plain', '--batch-norm', ...options)
      for (const key of ['alpha', 'mAlpha', 'alphaDebiased', 'meanSquaredNorm', 'squaredNormOfMean', 'meanLoss']) {
        expect(found[key]!, key).toBeAllClose(usual[key]!, { rtol: 1e-4, atol: 1e-6 })
      }
      for (const [l, layer] of usual['layers']!.entries()) {
        expect(found['layers']![l]!.name).toBe(layer.name)
        expect(found['layers']![l]!.alpha).toBeAllClose(layer.alpha, { rtol: 1e-4 })
      }
    }
  })

  it('needs whole batches, and says what doesn’t go together', async () => {
    const of = (...options: string[]) => measure('--model', files.plain, '--dataset', data, ...options)
    const few = await of('--batch-norm', 'imputed', '--batch-size', '26')
    expect(few.err).toMatch(/required 52 examples or more for two batches of 26, found 50/)
    expect(few.code).toBe(1)
    for (const options of [
      ['--batch-size', '5'],
      ['--batch-norm', 'inference', '--batch-size', '5'],
      ['--batch-norm', 'imputed', '--population', 'class'],
      ['--batch-norm', 'imputed', '--shard', '1/2', '--partial', join(scratch, 'shards')],
      ['--batch-norm', 'training'],
    ]) {
      expect((await of(...options)).code, options.join(' ')).toBe(2)
    }
  })
})

it('says of a network without batch normalisation that there is none', async () => {
  const argv = ['--dataset', data, '--batch-size', '5', '--batch-norm']
  const imputed = await measure('--model', files.plain, ...argv, 'imputed')
  expect(imputed.out).toMatch(/\nimputed from 10 random batches of 5; the network has no batch normalisation, and/)
  const frozen = await measure('--model', files.plain, ...argv, 'frozenBatch')
  expect(frozen.out).toMatch(/\nthe network has no batch normalisation: --batch-norm frozenBatch changes nothing but/)
  for (const how of ['imputed', 'frozenBatch']) {
    expect((await measure('--model', files.normalised, ...argv, how)).out).not.toMatch(/has no batch normalisation/)
  }
})

import { alphaInterval, layers, summarise } from '@coherent-gradients/coherence'
import { projectionsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, sigmoidCrossEntropy, softmaxCrossEntropy, type Loss } from '@coherent-gradients/gradients'
import { readRows, writeCheckpoint, writeSafetensors, type StoredTensors } from '@coherent-gradients/runlog'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../testing/measure.test-support.ts'
import { saveModel, saveNpz } from '../testing/saved-model.test-support.ts'
import { examples, network } from '../testing/small-classifier.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-'))
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

interface LayerJson {
  readonly name: string
  readonly alpha: number
  readonly mAlpha: number
  readonly share: number
}

let made = 0
const fresh = (): string => join(scratch, String((made += 1)))

async function npz(m: number, classes = 3): Promise<string> {
  const { x, y } = examples(m, classes)
  return saveNpz(`${fresh()}.npz`, x, [4], y)
}

/** The same by the packages' own functions, all examples at once. */
async function direct(model: tfl.LayersModel, loss: Loss, m: number, classes = 3) {
  const { x, y } = examples(m, classes)
  const batch = { inputs: tf.tensor2d(x, [m, 4]), labels: tf.tensor1d(y, 'int32') }
  const stack = perExampleGradients(model, loss, batch)
  const statistic = await statisticOf(stack)
  const { standardError } = alphaInterval(await projectionsOf(stack))!
  const losses = await stack.losses.data()
  stack.dispose()
  tf.dispose([batch.inputs, batch.labels])
  const meanLoss = Array.from(losses).reduce((sum, value) => sum + value, 0) / m
  return { ...summarise(statistic), layers: layers(statistic), standardError, meanLoss }
}

describe('measure --json', () => {
  it.each([
    ['linear', 3, 40, softmaxCrossEntropy, 'softmax-cross-entropy'],
    ['softmax', 3, 1200, softmaxCrossEntropy, 'softmax-cross-entropy'],
    ['sigmoid', 3, 40, sigmoidCrossEntropy, 'sigmoid-cross-entropy'],
    ['sigmoid', 1, 40, sigmoidCrossEntropy, 'sigmoid-cross-entropy'],
  ] as const)('gives what the packages give: %s, %d outputs, %d examples', async (end, outputs, m, loss, name) => {
    const classes = Math.max(2, outputs)
    const logits = network('linear', outputs)
    const expected = await direct(logits, loss, m, classes)
    const model = await saveModel(network(end, outputs), fresh())
    const { code, out, err } = await measure(
      '--model',
      model,
      '--dataset',
      await npz(m, classes),
      '--examples',
      String(m),
      '--json',
    )
    expect(err).toBe('')
    expect(code).toBe(0)
    const json = JSON.parse(out) as Record<string, number> & { layers: LayerJson[] }
    expect(json).toMatchObject({ m, loss: name, parameters: { measured: logits.countParams() } })
    const close = { rtol: 1e-4, atol: 1e-6 }
    for (const key of ['alpha', 'mAlpha', 'alphaDebiased', 'meanSquaredNorm', 'squaredNormOfMean'] as const) {
      expect(json[key], key).toBeAllClose(expected[key]!, close)
    }
    expect(json['standardError']).toBeAllClose(expected.standardError, { rtol: 1e-3 })
    expect(json['meanLoss']).toBeAllClose(expected.meanLoss, close)
    const found = json.layers
    expect(found.map((layer) => layer.name)).toEqual(['first', 'second'])
    found.forEach((layer, i) => {
      const { alpha, mAlpha, share } = expected.layers[i]!
      expect([layer.alpha, layer.mAlpha, layer.share]).toBeAllClose([alpha, mAlpha, share], close)
    })
    logits.dispose()
  })

  it('is exact where a probability rounds to 0 or 1', async () => {
    const model = tfl.sequential({
      layers: [tfl.layers.dense({ name: 'd', units: 2, useBias: false, activation: 'softmax', inputShape: [1] })],
    })
    model.setWeights([tf.tensor2d([[300, -300]])])
    const data = await saveNpz(`${fresh()}.npz`, Float32Array.of(1, 1), [1], Int32Array.of(1, 1))
    const { out } = await measure('--model', await saveModel(model, fresh()), '--dataset', data, '--json')
    expect(JSON.parse(out)).toMatchObject({ m: 2, meanLoss: 600, meanSquaredNorm: 2, alpha: 1, mAlpha: 2 })
  })

  it('draws by a key, and takes the first in file order otherwise', async () => {
    const model = await saveModel(network('linear'), fresh())
    const data = await npz(60)
    const alphaOf = async (...more: string[]): Promise<number> => {
      const { out } = await measure('--model', model, '--dataset', data, '--examples', '20', '--json', ...more)
      return (JSON.parse(out) as { alpha: number }).alpha
    }
    expect(await alphaOf()).toBeAllClose((await direct(network('linear'), softmaxCrossEntropy, 20)).alpha, {
      rtol: 1e-4,
    })
    expect(await alphaOf('--sample', 'a')).toBe(await alphaOf('--sample', 'a'))
    expect(await alphaOf('--sample', 'a')).not.toBe(await alphaOf('--sample', 'b'))
    expect(await alphaOf('--sample', 'a')).not.toBe(await alphaOf())
  })

  it('has null for what one example hasn’t', async () => {
    const model = await saveModel(network('linear'), fresh())
    const { code, out } = await measure('--model', model, '--dataset', await npz(1), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      m: 1,
      alphaDebiased: null,
      standardError: null,
      mAlphaInterval: null,
    })
  })

  it('gives α = 0 where every gradient is zero', async () => {
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 2, useBias: false, inputShape: [4] })] })
    const data = await saveNpz(`${fresh()}.npz`, new Float32Array(12), [4], Int32Array.of(0, 1, 0))
    const file = await saveModel(model, fresh())
    const { out } = await measure('--model', file, '--dataset', data, '--json')
    const none = { standardError: null, alphaDebiasedInterval: null, mAlphaInterval: null }
    const zero = { alpha: 0, mAlpha: 0, alphaDebiased: 0, ...none }
    expect(JSON.parse(out)).toMatchObject({ ...zero, layers: [zero] })
    expect((await measure('--model', file, '--dataset', data)).out).toMatch(/Every gradient is zero/)
  })
})

describe('measure', () => {
  it('prints the table, the scale and one sentence, and writes what was asked for', async () => {
    const model = network('softmax')
    model.layers[0]!.trainable = false
    const folder = fresh()
    const file = await saveModel(model, fresh())
    const { code, out } = await measure('--model', file, '--dataset', await npz(40), '--out', folder)
    expect(code).toBe(0)
    expect(out).toContain('18 of 43 parameters are measured (41.9%); the others are not trained')
    expect(out).toMatch(/the last layer, second, ends in softmax/)
    expect(out).toMatch(/whole network +\d/)
    expect(out).toMatch(/Each example helps about [\d.]+ of the 40, itself included/)
    expect((await readdir(folder)).toSorted()).toEqual([
      'coherence.arrows',
      'measure.json',
      'measure.png',
      'measure.svg',
    ])
    const rows = await readRows(folder, 'coherence')()
    if (rows._tag === 'Left') throw new Error(rows.left.message)
    expect(rows.right.rows.map((row) => `${row.scope} ${row.population}`)).toEqual([
      'all all',
      'layer:second all',
      'all labels shuffled',
      'layer:second labels shuffled',
    ])
    expect(await readFile(join(folder, 'measure.svg'), 'utf8')).toMatch(/^<svg[\s\S]*whole network[\s\S]*<\/svg>\n$/)
  })

  it('takes MNIST as 784 numbers or as 28 × 28 × 1, and pixels as told', async () => {
    const dense = { units: 10, kernelInitializer: 'zeros' as const, name: 'd' }
    const flat = tfl.sequential({ layers: [tfl.layers.dense({ ...dense, inputShape: [784] })] })
    const square = tfl.sequential({
      layers: [tfl.layers.flatten({ inputShape: [28, 28, 1] }), tfl.layers.dense(dense)],
    })
    const run = async (model: tfl.LayersModel, ...more: string[]) => {
      const file = await saveModel(model, fresh())
      const { out } = await measure('--model', file, '--dataset', 'mnist', '--examples', '50', '--json', ...more)
      return JSON.parse(out) as { m: number; alpha: number; meanSquaredNorm: number; meanLoss: number }
    }
    const unit = await run(flat)
    expect(unit).toMatchObject({ m: 50 })
    expect(unit.meanLoss).toBeAllClose(Math.log(10), { rtol: 1e-5 })
    expect((await run(square)).alpha).toBe(unit.alpha)
    const norm = (x: { meanSquaredNorm: number }): number => x.meanSquaredNorm / 0.9 - 1 // without the bias's part
    expect(norm(await run(flat, '--normalise', 'none')) / norm(unit)).toBeAllClose(255 ** 2, { rtol: 1e-4 })
    const standard = await run(flat, '--normalise', 'standard')
    expect((await run(flat, '--normalise', '0.1307,0.3081')).alpha).toBe(standard.alpha)
  })

  it('measures one of our specs with safetensors weights, plain or a checkpoint’s, and the folder of a run', async () => {
    const model = network('linear')
    const folder = fresh()
    const file = await saveModel(model, folder)
    const spec = join(folder, 'spec.json')
    await writeFile(spec, JSON.stringify({ kind: 'mlp', inputs: 4, hidden: [5], outputs: 3 }))
    const given = await npz(20)
    const stored = (prefix: string): StoredTensors =>
      Object.fromEntries(
        model
          .getWeights()
          .map((weight, i) => [
            `${prefix}dense_${i < 2 ? 1 : 2}/${i % 2 === 0 ? 'kernel' : 'bias'}`,
            { dtype: 'float32' as const, shape: weight.shape, data: weight.dataSync() as Float32Array },
          ]),
      )
    const figures = (out: string): unknown => ({ ...(JSON.parse(out) as object), model: '', data: '' })
    for (const prefix of ['', 'weight:']) {
      await writeFile(join(folder, 'spec.safetensors'), writeSafetensors(stored(prefix)))
      const { code, err } = await measure('--model', spec, '--dataset', given, '--json')
      expect(err).toBe('')
      expect(code).toBe(0)
    }
    const plain = await measure('--model', spec, '--dataset', given, '--json')
    const run = fresh()
    await mkdir(run)
    await writeFile(
      join(run, 'spec.json'),
      JSON.stringify({ experiment: 'fig-1', model: { kind: 'mlp', hidden: [5] } }),
    )
    const ofRun = (): ReturnType<typeof measure> => measure('--model', run, '--dataset', given, '--json')
    expect((await ofRun()).err).toMatch(/is a run without weights .*: name others by --weights/)
    const checkpoint = { step: 1, offsets: {}, tensors: stored('weight:'), metadata: {} }
    await writeCheckpoint(join(run, 'checkpoint'), checkpoint)()
    expect(figures((await ofRun()).out)).toEqual(figures(plain.out))
    const relu = await measure('--model', file, '--dataset', await npz(20), '--json')
    expect(relu.code).toBe(0)
    await writeFile(join(folder, 'spec.safetensors'), 'nothing')
    expect((await measure('--model', spec, '--dataset', await npz(20))).err).toMatch(/^error: .*safetensors.*\n$/)
    const missing = await measure('--model', spec, '--weights', join(folder, 'no'), '--dataset', await npz(20))
    expect(missing.err).toMatch(/name them by --weights\n$/)
  })
})

it('a wrong command line ends with 2', async () => {
  for (const argv of [
    [],
    ['--model', 'm.json'],
    ['--model', 'm.json', '--dataset', 'mnist', '--examples', '0'],
    ['--model', 'm.json', '--dataset', 'mnist', '--loss', 'hinge'],
    ['--model', 'm.json', '--dataset', 'mnist', '--normalise', '0.5,0'],
    ['--model', 'm.json', '--dataset', 'mnist', '--part', 'validation'],
  ]) {
    expect((await measure(...argv)).code, argv.join(' ')).toBe(2)
  }
})

it('tries the folder of --out before anything is measured', async () => {
  const model = ['--model', join(scratch, 'no such model'), '--dataset', 'mnist']
  const blocked = fresh()
  await writeFile(blocked, '')
  for (const argv of [
    [...model, '--out', join(blocked, 'out')],
    ['--gradients', 'none.npz', '--out', join(blocked, 'out')],
  ]) {
    const { code, out, err } = await measure(...argv)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^error: [^\n]*: cannot be written: [^\n]*\n$/)
  }
})

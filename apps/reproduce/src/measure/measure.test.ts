import { alphaInterval, layers, summarise } from '@coherent-gradients/coherence'
import { projectionsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import { derive, keyOf, normals, uniformIntegers } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, sigmoidCrossEntropy, softmaxCrossEntropy, type Loss } from '@coherent-gradients/gradients'
import { readRows, writeCheckpoint, writeSafetensors, type StoredTensors } from '@coherent-gradients/runlog'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../command-line.ts'
import { captureConsole } from '../testing/capture-console.test-support.ts'
import { saveModel, saveNpz, type ModelJson } from '../testing/saved-model.test-support.ts'

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

async function measure(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const console = captureConsole()
  const code = await commandLine(['measure', ...argv], console)
  return { code, ...console.said }
}

const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1)

/** A small network; its weights are the same for the same seed, whatever it ends in. */
function network(end: 'linear' | 'softmax' | 'sigmoid' | 'tanh', outputs = 3, seed = 1): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ name: 'first', units: 5, activation: 'tanh', inputShape: [4] }),
      tfl.layers.dense({ name: 'second', units: outputs, activation: end }),
    ],
  })
  const values = model.weights.map((weight, i) => {
    const shape = weight.shape as number[]
    return tf.tensor([...normals(derive(keyOf(seed), i), product(shape))], shape)
  })
  model.setWeights(values)
  tf.dispose(values)
  return model
}

function examples(m: number, classes = 3): { x: Float32Array; y: Int32Array } {
  return {
    x: Float32Array.from(normals(keyOf('x'), 4 * m)),
    y: Int32Array.from(uniformIntegers(keyOf('y'), m, classes)),
  }
}

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

describe('measure refuses, in one line and with 1,', () => {
  const refused = async (...argv: string[]): Promise<string> => {
    const { code, out, err } = await measure(...argv)
    expect(err).toMatch(/^error: [^\n]+\n$/)
    expect(out).toBe('')
    expect(code).toBe(1)
    return err
  }
  const manifest = (json: ModelJson): ModelJson['weightsManifest'][number] => json.weightsManifest[0]!

  it.each<[string, (json: ModelJson) => unknown, RegExp]>([
    [
      'a path out of the folder',
      (json) => ((manifest(json).paths = ['../weights.bin']), json),
      /inside the model's own folder, found '\.\.\/weights\.bin'/,
    ],
    ['an absolute path', (json) => ((manifest(json).paths = ['/etc/passwd']), json), /inside the model's own folder/],
    ['a sly path', (json) => ((manifest(json).paths = ['a/../../weights.bin']), json), /inside the model's own folder/],
    [
      'a URL',
      (json) => ((manifest(json).paths = ['https://example.org/w.bin']), json),
      /inside the model's own folder/,
    ],
    ['a missing file', (json) => ((manifest(json).paths = ['gone.bin']), json), /gone\.bin is missing/],
    ['a folder as weights', (json) => ((manifest(json).paths = ['./']), json), /inside the model's own folder/],
    [
      'sizes that don’t add up',
      (json) => ((manifest(json).weights[0]!.shape = [4, 6]), json),
      /need 188 bytes, and weights\.bin holds 172/,
    ],
    ['sizes beyond measure', (json) => ((manifest(json).weights[0]!.shape = [1e12, 1e12]), json), /claims|need/],
    ['a negative shape', (json) => ((manifest(json).weights[0]!.shape = [-4, -5]), json), /shape of counts/],
    [
      'an unknown dtype',
      (json) => ((manifest(json).weights[0]!.dtype = 'string'), json),
      /dtype float32, int32 or bool/,
    ],
    ['a weight twice', (json) => (manifest(json).weights.push(manifest(json).weights[0]!), json), /listed twice/],
    [
      'a weight under another name',
      (json) => ((manifest(json).weights[0]!.name = 'x/kernel'), json),
      /tfjs can't build this model/,
    ],
    ['no manifest', (json) => ({ ...json, weightsManifest: undefined }), /lists no weights/],
    ['no topology', (json) => ({ ...json, modelTopology: undefined }), /required a modelTopology/],
    ['a graph model', (json) => ({ ...json, format: 'graph-model', modelTopology: { node: [] } }), /is a graph model/],
    [
      'a Keras 3 export',
      (json) => ({ ...json, modelTopology: { keras_version: '3.4.1', model_config: {} } }),
      /is a Keras 3 export/,
    ],
    ['a list', () => [1, 2], /required a JSON object/],
    [
      'a topology that needs more than the weights hold',
      (json) => JSON.parse(JSON.stringify(json).replaceAll('"units":5', '"units":500000000')) as unknown,
      /needs more than the 43 numbers that the weights hold: layer first asks for kernel/,
    ],
    [
      'an unknown layer',
      (json) => JSON.parse(JSON.stringify(json).replaceAll('"Dense"', '"Mystery"')) as unknown,
      /tfjs can't build this model: .*Mystery/,
    ],
  ])('%s in model.json', async (_, change, message) => {
    const file = await saveModel(network('linear'), fresh(), change)
    expect(await refused('--model', file, '--dataset', await npz(10))).toMatch(message)
  })

  it('files that are no models', async () => {
    const data = await npz(10)
    expect(await refused('--model', join(scratch, 'none.json'), '--dataset', data)).toMatch(/there is no such file/)
    expect(await refused('--model', data, '--dataset', data)).toMatch(/is not JSON/)
    expect(await refused('--model', scratch, '--dataset', data)).toMatch(/is a folder without a model\.json/)
    expect(await refused('--model', 'net.keras', '--dataset', data)).toMatch(/tensorflowjs_converter/)
  })

  it('--weights beside a model.json that names its own', async () => {
    const file = await saveModel(network('linear'), fresh())
    expect(await refused('--model', file, '--weights', 'x', '--dataset', await npz(10))).toMatch(
      /names its own weight files: --weights goes with a spec alone/,
    )
  })

  it('a model without a trainable weight', async () => {
    const model = network('linear')
    for (const layer of model.layers) layer.trainable = false
    expect(await refused('--model', await saveModel(model, fresh()), '--dataset', await npz(10))).toMatch(
      /has no trainable weight/,
    )
  })

  it('a last layer that doesn’t say its loss, or doesn’t fit the one asked for', async () => {
    const data = await npz(10)
    const tanh = await saveModel(network('tanh'), fresh())
    expect(await refused('--model', tanh, '--dataset', data)).toMatch(
      /second, ends in neither .* say --loss softmax-cross-entropy or/,
    )
    expect((await measure('--model', tanh, '--dataset', data, '--loss', 'half-squared-error')).code).toBe(0)
    const one = await saveModel(network('linear', 1), fresh())
    expect(await refused('--model', one, '--dataset', data)).toMatch(/has one linear output: say --loss/)
    const softmax = await saveModel(network('softmax'), fresh())
    expect(await refused('--model', softmax, '--dataset', data, '--loss', 'sigmoid-cross-entropy')).toMatch(
      /does not fit/,
    )
  })

  it('a model whose output fits no loss', async () => {
    const data = await npz(10)
    const sequence = tfl.sequential({
      layers: [
        tfl.layers.reshape({ targetShape: [2, 2], inputShape: [4] }),
        tfl.layers.dense({ name: 'steps', units: 3 }),
      ],
    })
    const message = /required an output \[examples, classes\], found \[…, 2, 3\]/
    expect(await refused('--model', await saveModel(sequence, fresh()), '--dataset', data)).toMatch(message)
    const input = tfl.input({ shape: [4] })
    const heads = ['a', 'b'].map((name) => tfl.layers.dense({ name, units: 3 }).apply(input) as tfl.SymbolicTensor)
    const two = await saveModel(tfl.model({ inputs: input, outputs: heads }), fresh())
    expect(await refused('--model', two, '--dataset', data)).toMatch(/one input and one output, found 1 and 2/)
    const one = await saveModel(network('linear', 1), fresh())
    expect(await refused('--model', one, '--dataset', data, '--loss', 'softmax-cross-entropy')).toMatch(
      /does not fit 1 output after a linear layer/,
    )
  })

  it('labels, inputs and examples that don’t fit', async () => {
    const model = await saveModel(network('linear', 2), fresh())
    expect(await refused('--model', model, '--dataset', await npz(30))).toMatch(
      /example \d+ has the label 2, and the model's outputs stand for 0 to 1/,
    )
    expect(await refused('--model', model, '--dataset', 'mnist')).toMatch(
      /takes inputs \[4\], and the data's are \[784\]/,
    )
    expect(await refused('--model', model, '--dataset', await npz(10, 2), '--examples', '11')).toMatch(
      /has 10 examples, and --examples asks for 11/,
    )
    expect(await refused('--model', model, '--dataset', 'cifar')).toMatch(
      /Choose mnist, .* or name a folder of pictures, or a \.npz/,
    )
    const empty = await saveNpz(`${fresh()}.npz`, new Float32Array(0), [4], new Int32Array(0))
    expect(await refused('--model', model, '--dataset', empty)).toMatch(/required an example, found none/)
  })

  it('a gradient that isn’t finite, by the example’s id', async () => {
    const model = await saveModel(network('linear'), fresh())
    for (const [odd, message] of [
      [Number.NaN, /example 7 has a loss of NaN/],
      [1e30, /example 7 has a squared gradient norm of (NaN|Infinity) in first\/kernel/],
    ] as const) {
      const { x, y } = examples(12)
      x[4 * 7 + 1] = odd
      expect(await refused('--model', model, '--dataset', await saveNpz(`${fresh()}.npz`, x, [4], y))).toMatch(message)
    }
  })

  it('a layer without a rule, by its name', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.reshape({ targetShape: [4, 1], inputShape: [4] }),
        tfl.layers.simpleRNN({ name: 'rnn', units: 2, recurrentInitializer: 'zeros' }),
        tfl.layers.dense({ units: 3 }),
      ],
    })
    const file = await saveModel(model, fresh())
    const slow = await measure(
      '--model',
      file,
      '--dataset',
      await npz(10),
      '--fallback',
      'example-by-example',
      '--json',
    )
    expect(slow.err).toBe('')
    expect((JSON.parse(slow.out) as { layers: LayerJson[] }).layers.map(({ name }) => name)).toContain('rnn')
    expect(await refused('--model', await saveModel(model, fresh()), '--dataset', await npz(10))).toMatch(
      /model\.json: its layer rnn \(SimpleRNN\) has no rule for per-example gradients: --fallback example-by-example/,
    )
  })

  it('a convolution that tfjs itself can’t run', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.reshape({ targetShape: [4, 1], inputShape: [4] }),
        tfl.layers.conv1d({ name: 'c', filters: 2, kernelSize: 2 }),
        tfl.layers.globalAveragePooling1d({}),
        tfl.layers.dense({ units: 3 }),
      ],
    })
    const causal = await saveModel(model, fresh(), (json) =>
      JSON.parse(JSON.stringify(json).replace('"padding":"valid"', '"padding":"causal"')),
    )
    const said = await refused('--model', causal, '--dataset', await npz(10))
    expect(said).toMatch(/its layer c \(Conv1D\) pads causally, which tfjs itself cannot run: measure it elsewhere/)
    expect(said).not.toMatch(/fallback|rules for/)
  })

  it('a layer that tfjs doesn’t know, by its class', async () => {
    const own = await saveModel(network('linear'), fresh(), (json) =>
      JSON.parse(JSON.stringify(json).replace('"class_name":"Dense"', '"class_name":"Mine"')),
    )
    const said = await refused('--model', own, '--dataset', await npz(10))
    expect(said).toMatch(/doesn't know the layer Mine: measure it in a program of yours .* or by --gradients\n$/)
  })

  it('weights that a link leads to, out of the model’s folder; one that stays in it is followed', async () => {
    const folder = fresh()
    const file = await saveModel(network('linear'), folder, (json: ModelJson) => {
      json.weightsManifest[0]!.paths = ['link.bin']
      return json
    })
    const link = join(folder, 'link.bin')
    const outside = `${fresh()}.bin`
    await symlink('weights.bin', link)
    expect((await measure('--model', file, '--dataset', await npz(10), '--json')).code).toBe(0)
    await rm(link)
    await writeFile(outside, await readFile(join(folder, 'weights.bin')))
    await symlink(outside, link)
    expect(await refused('--model', file, '--dataset', await npz(10))).toMatch(
      /its weight file link\.bin is a link that leads out of the model's folder/,
    )
  })

  it('a folder without a model.json; one with it is a model', async () => {
    const folder = fresh()
    await saveModel(network('linear'), folder)
    expect((await measure('--model', folder, '--dataset', await npz(10), '--json')).code).toBe(0)
    expect(await refused('--model', scratch, '--dataset', await npz(10))).toMatch(
      /is a folder without a model\.json: name the model\.json/,
    )
  })

  it('a spec of a kind that there isn’t', async () => {
    const file = `${fresh()}.json`
    for (const spec of [{ kind: 'foo' }, { model: { kind: 'foo', inputs: 4 } }]) {
      await writeFile(file, JSON.stringify(spec))
      expect(await refused('--model', file, '--weights', 'w.safetensors', '--dataset', await npz(10))).toMatch(
        /is a spec of the kind 'foo', which can't be built from weights alone: mlp, linear, deep-linear can/,
      )
    }
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

import { openEngine } from '@coherent-gradients/engine'
import * as tfl from '@tensorflow/tfjs-layers'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../testing/measure.test-support.ts'
import { saveModel, saveNpz, type ModelJson } from '../testing/saved-model.test-support.ts'
import { examples, network } from '../testing/small-classifier.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'refused-models-'))
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let made = 0
const fresh = (): string => join(scratch, String((made += 1)))

async function npz(m: number, classes = 3): Promise<string> {
  const { x, y } = examples(m, classes)
  return saveNpz(`${fresh()}.npz`, x, [4], y)
}

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
    expect((JSON.parse(slow.out) as { layers: { name: string }[] }).layers.map(({ name }) => name)).toContain('rnn')
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

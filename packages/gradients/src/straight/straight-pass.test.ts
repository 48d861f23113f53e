import { relativeError, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { onEngine, randomCase, read, type Case } from '../agreement.test-support.ts'
import { halfSquaredError, softmaxCrossEntropy, type Loss } from '../index.ts'
import { modelLayers } from '../model-layers.ts'
import { dense } from '../rules/dense.ts'
import { layerRules } from '../rules/index.ts'
import { tapedPass, tappedPass, type TappedPass } from '../tapped-pass.ts'
import { straightChain } from './straight-chain.ts'
import { straightPass } from './straight-pass.ts'

const sliceBytes = 2 ** 20
const isExact = (engine: string): boolean => engine === 'wasm' || engine === 'cpu'

describe.each(testEngines)('a chain without the tape on %s', (engine) => {
  onEngine(engine)

  test.prop([chains()], { numRuns: 25 })('gives what the tape gives', async (chain) => {
    const before = tf.memory().numTensors
    const { model, loss, batch } = chain.build()
    const layers = modelLayers(model)
    const links = straightChain(model, batch.inputs, layers)
    expect(links, chain.description).toBeDefined()
    const [found, wanted] = await Promise.all([
      numbersOf(straightPass(links!, loss, batch, sliceBytes)),
      numbersOf(tapedPass(model, loss, batch, layers, sliceBytes)),
    ])
    expect([...found.keys()]).toEqual([...wanted.keys()])
    for (const [name, values] of wanted) {
      if (isExact(engine)) expect(found.get(name), `${name} of ${chain.description}`).toEqual(values)
      else expect(relativeError(found.get(name)!, values), `${name} of ${chain.description}`).toBeLessThan(1e-4)
    }
    tf.dispose([batch.inputs, batch.labels])
    model.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('leaves nothing behind when the loss throws, or isn’t one number an example', () => {
    const { model, batch } = randomCase(
      tfl.sequential({ layers: [tfl.layers.dense({ units: 2, inputShape: [3] })] }),
      4,
      1,
    )
    const throwing = (): never => {
      throw new Error('no loss')
    }
    const before = tf.memory().numTensors
    for (const [perExample, message] of [
      [throwing, 'no loss'],
      [(z: tf.Tensor) => tf.sum(z) as unknown as tf.Tensor1D, 'required one loss for each of 4 examples'],
    ] as const) {
      const loss: Loss = { name: 'odd', perExample }
      expect(() => tappedPass(model, loss, batch, modelLayers(model), sliceBytes)).toThrow(message)
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  it('goes by the derivative of a loss that was made of another with a perExample of its own', async () => {
    const { model, batch } = randomCase(
      tfl.sequential({ layers: [tfl.layers.dense({ units: 3, inputShape: [2] })] }),
      4,
      1,
    )
    const perExample: Loss['perExample'] = (z, y) => tf.mul(3, softmaxCrossEntropy.perExample(z, y))
    const labels = tf.tensor1d([0, 1, 2, 0], 'int32')
    const [once, thrice] = await Promise.all(
      [softmaxCrossEntropy, { ...softmaxCrossEntropy, perExample }].map((loss) =>
        numbersOf(tappedPass(model, loss, { inputs: batch.inputs, labels }, modelLayers(model), sliceBytes)),
      ),
    )
    const name = [...once!.keys()].find((each) => each.endsWith('bias'))!
    expect(thrice!.get(name)).toBeAllClose(
      once!.get(name)!.map((x) => 3 * x),
      { rtol: 1e-5, atol: 1e-6 },
    )
  })
})

describe('straightChain', () => {
  onEngine('cpu')
  const denseOn = (inputShape: number[], more: object = {}): tfl.layers.Layer =>
    tfl.layers.dense({ units: 3, inputShape, ...more })
  const isChain = (model: tfl.LayersModel, inputs: tf.Tensor, rules = layerRules): boolean =>
    straightChain(model, inputs, modelLayers(model, rules)) !== undefined
  const chain = (...layers: tfl.layers.Layer[]): tfl.Sequential => tfl.sequential({ layers })
  const twice = (
    join: (input: tfl.SymbolicTensor, once: tfl.SymbolicTensor, shared: tfl.layers.Layer) => unknown,
  ): tfl.LayersModel => {
    const shared = tfl.layers.dense({ units: 4 })
    const input = tfl.input({ shape: [4] })
    const outputs = join(input, shared.apply(input) as tfl.SymbolicTensor, shared) as tfl.SymbolicTensor
    return tfl.model({ inputs: input, outputs })
  }

  it.each<[string, () => tfl.LayersModel]>([
    ['another activation', () => chain(denseOn([4], { activation: 'tanh' }))],
    ['a layer of another class', () => chain(denseOn([4]), tfl.layers.leakyReLU())],
    ['a nested model', () => chain(denseOn([4]), chain(denseOn([3])))],
    [
      'a hook',
      () => {
        const layer = denseOn([4])
        layer.setCallHook(() => undefined)
        return chain(layer)
      },
    ],
    ['a call of its own', () => chain(Object.assign(denseOn([4]), { call: (x: tf.Tensor) => x }))],
    [
      'a class of its own under the name of another',
      () => {
        class Odd extends (denseOn([4]).constructor as new (options: object) => tfl.layers.Layer) {}
        return chain(new Odd({ units: 3, inputShape: [4] }))
      },
    ],
    ['a layer that occurs twice', () => twice((_, once, shared) => shared.apply(once))],
    ['a fork', () => twice((input, once) => tfl.layers.add().apply([input, once]))],
    ['no trained layer', () => chain(denseOn([4], { trainable: false }))],
  ])('leaves a model with %s to the tape', (_, make) => {
    expect(isChain(make(), tf.zeros([2, 4]))).toBe(false)
  })

  it('leaves inputs to the tape that the model converts or refuses, sequences, and rules that are the user’s', () => {
    const model = chain(denseOn([4]))
    expect(isChain(model, tf.zeros([2, 4]))).toBe(true)
    expect(isChain(model, tf.zeros([2, 5]))).toBe(false)
    expect(isChain(model, tf.zeros([2, 4], 'int32'))).toBe(false)
    expect(isChain(model, tf.zeros([2, 4]), [{ ...dense }])).toBe(false)
    expect(isChain(chain(denseOn([3, 4])), tf.zeros([2, 3, 4]))).toBe(false)
  })
})

/** Losses, and each block's rows, by name; whatever the pass owns is freed. */
async function numbersOf({ losses, blocks, owned }: TappedPass): Promise<Map<string, number[]>> {
  const numbers = new Map([['losses', await read(() => losses)]])
  for (const block of [...blocks.entries()]
    .toSorted(([a], [b]) => (a.name < b.name ? -1 : 1))
    .flatMap(([, of]) => of)) {
    numbers.set(block.name, await read(() => block.columns(0, block.size)))
  }
  tf.dispose([...owned])
  // A product that starts from −0 is as good as one from 0.
  return new Map([...numbers].map(([name, values]) => [name, values.map((x) => x + 0)]))
}

/** Random chains of layers that go without the tape, as Sequential or functional models. */
function chains(): fc.Arbitrary<{ readonly description: string; build(): Case }> {
  const layer = fc.record({
    units: fc.integer({ min: 1, max: 6 }),
    useBias: fc.boolean(),
    activation: fc.constantFrom('linear', 'relu', undefined),
    trainable: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    dropout: fc.boolean(),
  })
  return fc
    .record({
      shape: fc.oneof(fc.tuple(fc.integer({ min: 1, max: 5 })), fc.constant([2, 3]), fc.constant([2, 2, 1])),
      hidden: fc.array(layer, { maxLength: 3 }),
      rectified: fc.boolean(),
      functional: fc.boolean(),
      classes: fc.boolean(),
      m: fc.integer({ min: 1, max: 6 }),
      seed: fc.integer({ min: 0, max: 999 }),
    })
    .map((spec) => ({
      description: JSON.stringify(spec),
      build() {
        const layers = [
          ...(spec.shape.length > 1 ? [tfl.layers.flatten()] : []),
          ...spec.hidden.flatMap(({ dropout, activation, ...options }) => [
            tfl.layers.dense({ ...options, ...(activation === undefined ? {} : { activation: activation as 'relu' }) }),
            ...(dropout ? [tfl.layers.dropout({ rate: 0.5 })] : []),
          ]),
          tfl.layers.dense({ units: 3, activation: spec.rectified ? 'relu' : 'linear' }),
        ]
        const input = tfl.input({ shape: [...spec.shape] })
        const outputs = (): tfl.SymbolicTensor =>
          layers.reduce<tfl.SymbolicTensor>((x, each) => each.apply(x) as tfl.SymbolicTensor, input)
        const model = spec.functional
          ? tfl.model({ inputs: input, outputs: outputs() })
          : tfl.sequential({ layers: [tfl.layers.inputLayer({ inputShape: [...spec.shape] }), ...layers] })
        const at = randomCase(model, spec.m, spec.seed)
        if (!spec.classes) return { ...at, loss: halfSquaredError }
        at.batch.labels.dispose()
        const labels = tf.tensor1d(
          Array.from({ length: spec.m }, (_, i) => (i * 7 + spec.seed) % 3),
          'int32',
        )
        return { model, loss: softmaxCrossEntropy, batch: { inputs: at.batch.inputs, labels } }
      },
    }))
}

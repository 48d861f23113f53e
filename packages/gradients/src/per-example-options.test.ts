import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onCpu, onEngine, randomCase } from './agreement.test-support.ts'
import { exampleByExample } from './example-by-example.test-support.ts'
import {
  formedBlock,
  halfSquaredError,
  perExampleGradients,
  softmaxCrossEntropy,
  type LayerRule,
  type Loss,
} from './index.ts'

/** z = x + s, one s for all. */
class Shift extends tfl.layers.Layer {
  static readonly className = 'Shift'
  override build(shape: tfl.Shape): void {
    this.addWeight('shift', [1], 'float32', tfl.initializers.ones())
    super.build(shape)
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.add(Array.isArray(inputs) ? inputs[0]! : inputs, this.weights[0]!.read())
  }
}

const shift: LayerRule = {
  className: 'Shift',
  preActivation: (layer, input) => tf.add(input, layer.weights[0]!.read()),
  activation: (_, preActivation) => preActivation,
  blocks({ weights, calls }) {
    const rows = tf.tidy(
      () => tf.sum(tf.concat(calls.map((call) => call.delta) as tf.Tensor2D[], 1), 1, true) as tf.Tensor2D,
    )
    return { blocks: [formedBlock(weights['shift']!, rows)], owned: [rows] }
  },
}

const withShift = (): tfl.LayersModel =>
  tfl.sequential({ layers: [tfl.layers.dense({ units: 3, inputShape: [2] }), new Shift({ name: 's' })] })

describe.each(testEngines)('perExampleGradients on %s', (engine) => {
  onEngine(engine)

  it('takes a rule for a custom layer', async () => {
    const at = randomCase(withShift(), 4, 1)
    expect(() => perExampleGradients(at.model, at.loss, at.batch)).toThrow(/no rule for layer s of class Shift/)
    expect(await disagreements(at, { rules: [shift] })).toEqual([])
  })

  it('prefers a given rule to its own', () => {
    const at = randomCase(withShift(), 2, 2)
    const none: LayerRule = { ...shift, blocks: () => ({ blocks: [], owned: [] }) }
    const stack = perExampleGradients(at.model, at.loss, at.batch, { rules: [none, shift] })
    expect(stack.blocks.map((block) => block.layer)).not.toContain('s')
    stack.dispose()
  })

  it.each([
    ['a custom layer', withShift],
    [
      'SimpleRNN between layers with rules',
      () =>
        tfl.sequential({
          layers: [
            tfl.layers.conv1d({ filters: 2, kernelSize: 2, dilationRate: 1, inputShape: [5, 2] }),
            tfl.layers.simpleRNN({ units: 3, recurrentInitializer: 'zeros' }),
            tfl.layers.dense({ units: 2 }),
          ],
        }),
    ],
    [
      'nothing but layers without rules',
      () => tfl.sequential({ layers: [new Shift({ name: 's', inputShape: [3] }), new Shift({ name: 't' })] }),
    ],
  ])('goes example by example where it is told to: %s', async (_, build) => {
    const at = randomCase(build(), 3, 3)
    expect(await disagreements(at, { fallback: 'example-by-example' })).toEqual([])
  })

  it('gives the same whatever the budget is', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [6, 6, 2] }),
        tfl.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2 }),
        tfl.layers.flatten(),
        tfl.layers.dense({ units: 2 }),
      ],
    })
    const at = randomCase(model, 7, 4)
    for (const sliceBytes of [1, 1000, 9000, 30000, 2 ** 26])
      expect(await disagreements(at, { sliceBytes })).toEqual([])
  })

  it("takes a user's own loss", async () => {
    const huber: Loss = {
      name: 'huber',
      perExample: (output, labels) =>
        tf.tidy(() => {
          const residual = tf.sub(output, labels)
          return tf.sum(tf.sub(tf.sqrt(tf.add(tf.square(residual), 1)), 1), 1) as tf.Tensor1D
        }),
    }
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 3, inputShape: [2] })] })
    expect(await disagreements({ ...randomCase(model, 4, 5), loss: huber })).toEqual([])
  })
})

describe('on wasm', () => {
  onEngine('wasm')

  it('holds what a method makes on the way under the budget', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({ filters: 16, kernelSize: 3, inputShape: [12, 12, 8] }),
        tfl.layers.conv2d({ filters: 32, kernelSize: 3, strides: 2 }),
        tfl.layers.globalAveragePooling2d({}),
      ],
    })
    const { batch, loss } = randomCase(model, 16, 6)
    const sliceBytes = 2 ** 18
    const stack = perExampleGradients(model, loss, batch, { sliceBytes })
    const held = tf.memory().numBytes
    for (const block of stack.blocks.filter((each) => each.name.endsWith('kernel'))) {
      for (const method of ['squaredNorms', 'gram'] as const) {
        const { peakBytes } = await tf.profile(() => block[method]())
        const halves = 4 * batch.inputs.size + 4 * 16 * 10 * 10 * 16
        expect(peakBytes - held, `${method} of ${block.name}`).toBeLessThan(sliceBytes + 2 * halves)
      }
    }
    stack.dispose()
  })
})

it('refuses a budget of nothing', async () => {
  const model = withShift()
  const batch = { inputs: tf.zeros([1, 2]), labels: tf.zeros([1, 3]) }
  expect(() => perExampleGradients(model, halfSquaredError, batch, { sliceBytes: 0 })).toThrow(
    /required sliceBytes > 0, found 0/,
  )
  expect(Object.keys(await onCpu(() => exampleByExample(model, halfSquaredError, batch)))).toHaveLength(3)
})

describe('a loss that takes logits', () => {
  it.each(['softmax', 'sigmoid'] as const)('is refused for a model that ends in a %s', (activation) => {
    const model = tfl.sequential({
      layers: [tfl.layers.dense({ name: 'last', units: 3, inputShape: [2], activation })],
    })
    const batch = { inputs: tf.ones([2, 2]), labels: tf.tensor1d([0, 1], 'int32') }
    expect(() => perExampleGradients(model, softmaxCrossEntropy, batch)).toThrow(
      /softmaxCrossEntropy takes logits, but layer last of model .* ends in a (softmax|sigmoid): make that layer linear/,
    )
    tf.dispose([batch.inputs, batch.labels])
    model.dispose()
  })
})

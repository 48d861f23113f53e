import { loadReference, referenceNames, relativeError, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, formed, onCpu, onEngine, read, type Case } from './agreement.test-support.ts'
import { exampleByExample } from './example-by-example.test-support.ts'
import { halfSquaredError, perExampleGradients, softmaxCrossEntropy, type TensorBatch } from './index.ts'
import { referenceCase } from './reference-model.test-support.ts'

const references = referenceNames.map(loadReference)

/** float32 against float64, relative to the whole vector's norm. */
const tolerance = 1e-5

describe.each(testEngines)('perExampleGradients on %s', (engine) => {
  onEngine(engine)

  it.each(references.map((each) => [each.name, each] as const))(
    'gives the gradients of %s and what follows from them',
    async (_, reference) => {
      const { model, loss, batch } = referenceCase(reference)
      const stack = perExampleGradients(model, loss, batch)
      const { data, expected } = { data: reference.perExampleLoss.data, expected: reference.expected }
      expect(relativeError([...(await stack.losses.data())], data)).toBeLessThan(tolerance)
      const [norms, grams, mean]: number[][][] = [[], [], []]
      for (const block of stack.blocks) {
        const rows = reference.perExampleGradients[block.name]!.data
        expect(relativeError(await formed(block), rows), block.name).toBeLessThan(tolerance)
        norms!.push(await read(() => block.squaredNorms()))
        grams!.push(await read(() => block.gram()))
        mean!.push(await read(() => block.mean()))
      }
      expect(relativeError(total(norms!), expected.squaredNorms.data)).toBeLessThan(tolerance)
      expect(relativeError(total(grams!), expected.gram.data)).toBeLessThan(tolerance)
      expect(mean!.flat().reduce((sum, x) => sum + x * x, 0)).toBeAllClose(expected.squaredNormOfMean, {
        rtol: tolerance,
      })
      stack.dispose()
      tf.dispose([batch.inputs, batch.labels])
      model.dispose()
    },
  )

  test.prop([networks()], { numRuns: 25 })(
    'agrees with one example at a time, in every method of every block',
    async (network) => {
      const at = network.build()
      expect(await disagreements(at), network.description).toEqual([])
      tf.dispose([at.batch.inputs, at.batch.labels])
      at.model.dispose()
    },
  )
})

describe('perExampleGradients', () => {
  it('joins the calls of a shared layer before any norm', async () => {
    const shared = tfl.layers.dense({ name: 'shared', units: 3, activation: 'tanh' })
    const input = tfl.input({ shape: [3] })
    const twice = shared.apply(shared.apply(input)) as tfl.SymbolicTensor
    const model = tfl.model({ inputs: input, outputs: twice })
    const batch = regressionBatch(4, [3], 3)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    const twin = await onCpu(() => exampleByExample(model, halfSquaredError, batch), [batch.inputs, batch.labels])
    expect(stack.blocks.map((block) => block.name)).toEqual(['shared/kernel', 'shared/bias'])
    for (const block of stack.blocks) {
      expect(relativeError(await formed(block), twin[block.name]!.flat())).toBeLessThan(tolerance)
      expect(await read(() => block.squaredNorms())).toBeAllClose(
        twin[block.name]!.map((row) => dot(row, row)),
        { rtol: 1e-4 },
      )
    }
    stack.dispose()
  })

  it('names the weights of a nested model by the path to them', async () => {
    const inner = tfl.sequential({
      name: 'inner',
      layers: [tfl.layers.dense({ name: 'd', units: 2, inputShape: [3] })],
    })
    const model = tfl.sequential({ layers: [inner, tfl.layers.dense({ name: 'e', units: 2 })] })
    const batch = regressionBatch(3, [3], 2)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    expect(stack.blocks.map((block) => block.name)).toEqual(['inner/d/kernel', 'inner/d/bias', 'e/kernel', 'e/bias'])
    const twin = await onCpu(() => exampleByExample(model, halfSquaredError, batch), [batch.inputs, batch.labels])
    for (const block of stack.blocks)
      expect(relativeError(await formed(block), twin[block.name]!.flat())).toBeLessThan(tolerance)
    stack.dispose()
  })

  it('gives its mean as often as it is asked, for the caller to dispose of', async () => {
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 2, inputShape: [3] })] })
    const before = tf.memory().numTensors
    const batch = regressionBatch(3, [3], 2)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    const [kernel] = stack.blocks
    const first = await read(() => kernel!.mean())
    expect(await read(() => kernel!.mean())).toEqual(first)
    expect(await read(() => kernel!.mean())).toEqual(first)
    stack.dispose()
    tf.dispose([batch.inputs, batch.labels])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('leaves out the layers of a frozen model inside', () => {
    const inner = tfl.sequential({
      name: 'inner',
      layers: [tfl.sequential({ name: 'core', layers: [tfl.layers.dense({ units: 2, inputShape: [3] })] })],
    })
    inner.trainable = false
    const model = tfl.sequential({ layers: [inner, tfl.layers.dense({ name: 'e', units: 2 })] })
    const stack = perExampleGradients(model, halfSquaredError, regressionBatch(3, [3], 2))
    expect(stack.blocks.map((block) => block.name)).toEqual(['e/kernel', 'e/bias'])
    stack.dispose()
  })

  it('leaves frozen layers out', () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ name: 'frozen', units: 4, inputShape: [3], trainable: false }),
        tfl.layers.dense({ name: 'live', units: 2 }),
      ],
    })
    const stack = perExampleGradients(model, halfSquaredError, regressionBatch(3, [3], 2))
    expect(stack.blocks.map((block) => block.layer)).toEqual(['live', 'live'])
    stack.dispose()
  })

  it('keeps dropout off', async () => {
    const layers = [
      tfl.layers.dense({ units: 8, inputShape: [3] }),
      tfl.layers.dropout({ rate: 0.9 }),
      tfl.layers.dense({ units: 2 }),
    ]
    const model = tfl.sequential({ layers })
    const batch = regressionBatch(5, [3], 2)
    const [once, again] = [0, 1].map(() => perExampleGradients(model, halfSquaredError, batch))
    expect(await once!.losses.data()).toEqual(await again!.losses.data())
    once!.dispose()
    again!.dispose()
  })

  it('names a layer that it has no rule for', () => {
    const model = tfl.sequential({
      layers: [tfl.layers.simpleRNN({ name: 'r', units: 2, recurrentInitializer: 'zeros', inputShape: [4, 1] })],
    })
    const batch = { inputs: tf.zeros([2, 4, 1]), labels: tf.zeros([2, 2]) }
    expect(() => perExampleGradients(model, halfSquaredError, batch)).toThrow(/no rule for layer r of class SimpleRNN/)
  })

  it('refuses a model without trainable weights, and labels that do not fit, and leaves nothing behind', () => {
    const none = tfl.sequential({ name: 'none', layers: [tfl.layers.flatten({ inputShape: [2, 2] })] })
    expect(() =>
      perExampleGradients(none, halfSquaredError, { inputs: tf.zeros([2, 2, 2]), labels: tf.zeros([2, 4]) }),
    ).toThrow(/model none has no trainable weight/)
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 3, inputShape: [2] })] })
    const inputs = tf.zeros([4, 2])
    const labels = tf.zeros([5], 'int32')
    perExampleGradients(model, softmaxCrossEntropy, { inputs, labels: tf.zeros([4], 'int32') }).dispose()
    const before = tf.memory().numTensors
    expect(() => perExampleGradients(model, softmaxCrossEntropy, { inputs, labels })).toThrow(
      /required labels \[4\] int32 or \[4, 3\], found \[5\]/,
    )
    expect(tf.memory().numTensors).toBe(before)
    expect(Object.hasOwn(model.layers[0]!, 'call')).toBe(false)
  })
})

interface Network {
  readonly description: string
  build(): Case
}

/** Random stacks of dense layers, on vectors or sequences, with every kind of activation, with and without bias. */
function networks(): fc.Arbitrary<Network> {
  const layer = fc.record({
    units: fc.integer({ min: 1, max: 6 }),
    useBias: fc.boolean(),
    activation: fc.constantFrom('linear', 'relu', 'tanh', 'sigmoid', 'softmax', 'elu'),
  })
  const shape = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 5 })),
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })),
  )
  const hidden = fc.array(layer, { maxLength: 3 })
  return fc
    .record({
      shape,
      hidden,
      m: fc.integer({ min: 1, max: 6 }),
      seed: fc.integer({ min: 0, max: 999 }),
      softmax: fc.boolean(),
    })
    .map((spec) => ({
      description: JSON.stringify(spec),
      build() {
        const initializer = (): {
          kernelInitializer: ReturnType<typeof tfl.initializers.randomNormal>
          biasInitializer: ReturnType<typeof tfl.initializers.randomNormal>
        } => ({
          kernelInitializer: tfl.initializers.randomNormal({ stddev: 0.7, seed: spec.seed }),
          biasInitializer: tfl.initializers.randomNormal({ stddev: 0.3, seed: spec.seed + 1 }),
        })
        const model = tfl.sequential()
        model.add(tfl.layers.inputLayer({ inputShape: [...spec.shape] }))
        for (const { units, useBias, activation } of spec.hidden) {
          model.add(tfl.layers.dense({ units, useBias, activation: activation as 'relu', ...initializer() }))
        }
        if (model.outputs[0]!.shape.length > 2) model.add(tfl.layers.flatten())
        model.add(tfl.layers.dense({ units: 3, ...initializer() }))
        const inputs = tf.randomNormal([spec.m, ...spec.shape], 0, 1, 'float32', spec.seed)
        const classes = Array.from({ length: spec.m }, (_, i) => (i * 7 + spec.seed) % 3)
        const labels = spec.softmax
          ? tf.tensor1d(classes, 'int32')
          : tf.randomNormal([spec.m, 3], 0, 1, 'float32', spec.seed + 2)
        return { model, batch: { inputs, labels }, loss: spec.softmax ? softmaxCrossEntropy : halfSquaredError }
      },
    }))
}

function regressionBatch(m: number, shape: readonly number[], outputs: number): TensorBatch {
  return {
    inputs: tf.randomNormal([m, ...shape], 0, 1, 'float32', 1),
    labels: tf.randomNormal([m, outputs], 0, 1, 'float32', 2),
  }
}

function total(vectors: readonly number[][]): number[] {
  return vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0))
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0)
}

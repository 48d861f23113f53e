import { openEngine } from '@coherent-gradients/engine'
import { loadReference, referenceNames, relativeError, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { exampleByExample } from './example-by-example.test-support.ts'
import {
  halfSquaredError,
  perExampleGradients,
  softmaxCrossEntropy,
  type GradientBlock,
  type TensorBatch,
} from './index.ts'
import { referenceCase } from './reference-model.test-support.ts'

const references = referenceNames.map(loadReference)

/** float32 against float64, relative to the whole vector's norm. */
const tolerance = 1e-5

describe.each(testEngines)('perExampleGradients on %s', (engine) => {
  beforeAll(async () => {
    const opened = await openEngine(engine)()
    if (opened._tag === 'Left') throw new Error(opened.left.message)
  })

  it.each(references.map((each) => [each.name, each] as const))(
    'gives the gradients of %s and what follows from them',
    (_, reference) => {
      const { model, loss, batch } = referenceCase(reference)
      const stack = perExampleGradients(model, loss, batch)
      expect(relativeError(values(stack.losses), reference.perExampleLoss.data)).toBeLessThan(tolerance)
      for (const block of stack.blocks) {
        const expected = reference.perExampleGradients[block.name]!.data
        expect(relativeError(formed(block), expected), block.name).toBeLessThan(tolerance)
      }
      expect(
        relativeError(
          total(stack.blocks.map((block) => read(() => block.squaredNorms()))),
          reference.expected.squaredNorms.data,
        ),
      ).toBeLessThan(tolerance)
      expect(
        relativeError(total(stack.blocks.map((block) => read(() => block.gram()))), reference.expected.gram.data),
      ).toBeLessThan(tolerance)
      const mean = stack.blocks.flatMap((block) => read(() => block.mean()))
      expect(mean.reduce((sum, x) => sum + x * x, 0)).toBeAllClose(reference.expected.squaredNormOfMean, {
        rtol: tolerance,
      })
      stack.dispose()
      tf.dispose([batch.inputs, batch.labels])
      model.dispose()
    },
  )

  test.prop([networks()], { numRuns: 25 })(
    'agrees with one example at a time, in every method of every block',
    (network) => {
      const { model, batch, loss } = network.build()
      const before = tf.memory().numTensors
      const weights = model.getWeights().map((weight) => [...weight.dataSync()])
      const stack = perExampleGradients(model, loss, batch)
      const twin = exampleByExample(model, loss, batch)
      for (const block of stack.blocks) {
        const rows = twin[block.name]!
        const label = `${block.name} of ${network.description}`
        expect(relativeError(formed(block), rows.flat()), label).toBeLessThan(tolerance)
        expect(
          relativeError(
            read(() => block.mean()),
            meanOf(rows),
          ),
          `mean ${label}`,
        ).toBeLessThan(1e-4)
        expect(
          relativeError(
            read(() => block.squaredNorms()),
            rows.map((row) => dot(row, row)),
          ),
          `norms ${label}`,
        ).toBeLessThan(1e-4)
        expect(
          relativeError(
            read(() => block.gram()),
            rows.flatMap((a) => rows.map((b) => dot(a, b))),
          ),
          `gram ${label}`,
        ).toBeLessThan(1e-4)
        const direction = Array.from({ length: block.size }, (_, j) => Math.sin(j + 1))
        const along = read(() => tf.tidy(() => block.dot(tf.tensor(direction, [...block.shape]))))
        const scale = Math.sqrt(rows.reduce((sum, row) => sum + dot(row, row), 0) * dot(direction, direction))
        for (const [i, row] of rows.entries())
          expect(Math.abs(along[i]! - dot(row, direction)), `dot ${label}`).toBeLessThanOrEqual(1e-5 * scale)
        const from = Math.floor(block.size / 3)
        const to = Math.max(from + 1, Math.floor((2 * block.size) / 3))
        expect(
          relativeError(
            read(() => block.columns(from, to)),
            rows.flatMap((row) => row.slice(from, to)),
          ),
          `columns ${label}`,
        ).toBeLessThan(1e-4)
      }
      stack.dispose()
      expect(tf.memory().numTensors).toBe(before)
      expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights)
      tf.dispose([batch.inputs, batch.labels])
      model.dispose()
    },
  )
})

describe('perExampleGradients', () => {
  it('joins the calls of a shared layer before any norm', () => {
    const shared = tfl.layers.dense({ name: 'shared', units: 3, activation: 'tanh' })
    const input = tfl.input({ shape: [3] })
    const twice = shared.apply(shared.apply(input)) as tfl.SymbolicTensor
    const model = tfl.model({ inputs: input, outputs: twice })
    const batch = regressionBatch(4, [3], 3)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    const twin = exampleByExample(model, halfSquaredError, batch)
    expect(stack.blocks.map((block) => block.name)).toEqual(['shared/kernel', 'shared/bias'])
    for (const block of stack.blocks) {
      expect(relativeError(formed(block), twin[block.name]!.flat())).toBeLessThan(tolerance)
      expect(read(() => block.squaredNorms())).toBeAllClose(
        twin[block.name]!.map((row) => dot(row, row)),
        { rtol: 1e-4 },
      )
    }
    stack.dispose()
  })

  it('names the weights of a nested model by the path to them', () => {
    const inner = tfl.sequential({
      name: 'inner',
      layers: [tfl.layers.dense({ name: 'd', units: 2, inputShape: [3] })],
    })
    const model = tfl.sequential({ layers: [inner, tfl.layers.dense({ name: 'e', units: 2 })] })
    const batch = regressionBatch(3, [3], 2)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    expect(stack.blocks.map((block) => block.name)).toEqual(['inner/d/kernel', 'inner/d/bias', 'e/kernel', 'e/bias'])
    const twin = exampleByExample(model, halfSquaredError, batch)
    for (const block of stack.blocks)
      expect(relativeError(formed(block), twin[block.name]!.flat())).toBeLessThan(tolerance)
    stack.dispose()
  })

  it('gives its mean as often as it is asked, for the caller to dispose of', () => {
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 2, inputShape: [3] })] })
    const before = tf.memory().numTensors
    const batch = regressionBatch(3, [3], 2)
    const stack = perExampleGradients(model, halfSquaredError, batch)
    const [kernel] = stack.blocks
    const first = tf.tidy(() => values(kernel!.mean()))
    expect(read(() => kernel!.mean())).toEqual(first)
    expect(read(() => kernel!.mean())).toEqual(first)
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

  it('keeps dropout off', () => {
    const layers = [
      tfl.layers.dense({ units: 8, inputShape: [3] }),
      tfl.layers.dropout({ rate: 0.9 }),
      tfl.layers.dense({ units: 2 }),
    ]
    const model = tfl.sequential({ layers })
    const batch = regressionBatch(5, [3], 2)
    const [once, again] = [0, 1].map(() => perExampleGradients(model, halfSquaredError, batch))
    expect(values(once!.losses)).toEqual(values(again!.losses))
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
  build(): { model: tfl.LayersModel; batch: TensorBatch; loss: typeof softmaxCrossEntropy }
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

function values(tensor: tf.Tensor): number[] {
  return [...tensor.dataSync()]
}

function read(make: () => tf.Tensor): number[] {
  const tensor = make()
  const data = values(tensor)
  tensor.dispose()
  return data
}

function formed(block: GradientBlock): number[] {
  return read(() => block.columns(0, block.size))
}

function total(vectors: readonly number[][]): number[] {
  return vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0))
}

function meanOf(rows: readonly number[][]): number[] {
  return total([...rows]).map((x) => x / rows.length)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0)
}

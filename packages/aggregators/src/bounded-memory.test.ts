import { openEngine } from '@coherent-gradients/engine'
import {
  outerProductBlock,
  perExampleGradients,
  softmaxCrossEntropy,
  type Aggregator,
  type GradientStack,
} from '@coherent-gradients/gradients'
import { onEachEngine } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { either as E } from 'fp-ts'
import { expect, test } from 'vitest'
import { denseStack } from './hand-made-stack.test-support.ts'
import { chain, clipByNorm, clipRows, coordinateMedian, mean, rules, trimmedMean, winsorizedMean } from './index.ts'

const sliceBytes = 2 ** 14

/** Every rule over examples as its examples have it, those that take slices with small ones. */
const [sliced, whole] = [{ sliceBytes }, {}].map((more) =>
  rules.flatMap(({ make, examples }) =>
    examples
      .filter((options) => !('groups' in options))
      .flatMap((options) => toArray(make({ ...options, ...more })))
      .filter((rule) => rule.rows.of === 'examples'),
  ),
) as [Aggregator[], Aggregator[]]
const names = new Set(sliced.map(({ name }) => name))
const byRows: readonly Aggregator[] = [
  ...whole.filter(({ name }) => !names.has(name)),
  chain(mean(), clipByNorm({ norm: 1 })),
  chain(clipRows({ norm: 1 }), mean()),
]

function toArray(made: ReturnType<(typeof rules)[number]['make']>): readonly Aggregator[] {
  return E.isRight(made) ? [made.right] : []
}

const [rows, inputs, outputs] = [96, 56, 72]
const allRows = 4 * rows * inputs * outputs

/** Bytes of tensors that were there at once while a rule ran, beyond those before. */
async function peakOf(rule: Aggregator, stack: GradientStack): Promise<number> {
  const memory = rule.init(stack.blocks)
  const before = tf.memory().numBytes
  const { peakBytes } = await tf.profile(() => {
    const { gradient, state } = rule.aggregate(stack, memory)
    tf.dispose([gradient, state])
    return tf.scalar(0)
  })
  tf.dispose(memory)
  return peakBytes - before
}

const numbers = (height: number, width: number, seed: number): number[][] =>
  Array.from({ length: height }, (_, i) => Array.from({ length: width }, (__, j) => Math.sin(seed + i * width + j)))

/** A dense layer as the gradients package holds it. */
function factoredStack(): GradientStack {
  const [activations, deltas] = [tf.tensor2d(numbers(rows, inputs, 1)), tf.tensor2d(numbers(rows, outputs, 2))]
  const losses: tf.Tensor1D = tf.zeros([rows])
  const variable = tf.tidy(() => tf.variable(tf.zeros([inputs, outputs])))
  const shape = [inputs, outputs]
  const weight = { name: 'd/kernel', variable, layer: 'd', shape, size: inputs * outputs }
  return {
    rows,
    blocks: [outerProductBlock(weight, { activations, deltas })],
    losses,
    dispose: () => tf.dispose([activations, deltas, losses, variable]),
  }
}

onEachEngine('memory', openEngine, () => {
  test.each([...sliced, ...byRows])('$name never forms the rows of a layer held in factors', async (rule) => {
    const stack = factoredStack()
    const peak = await peakOf(rule, stack)
    // The factors, some matrices like the weight, and for rules by rows some of [m, m].
    expect(peak).toBeLessThan(allRows / 4)
    stack.dispose()
  })

  test.each(sliced)('$name forms other rows a slice at a time', async (rule) => {
    const stack = denseStack(numbers(rows, inputs, 1), numbers(rows, outputs, 2), 'formed')
    expect(await peakOf(rule, stack)).toBeLessThan(10 * sliceBytes + 10 * 4 * inputs * outputs)
    stack.dispose()
  })

  test.each([
    winsorizedMean({ percent: 8 }),
    winsorizedMean({ count: 100 }),
    coordinateMedian(),
    trimmedMean({ percent: 8 }),
  ])('$name takes the whole of 2,400 examples as one batch', async (rule) => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 48, inputShape: [32], activation: 'relu', kernelInitializer: 'glorotNormal' }),
        tfl.layers.dense({ units: 10, kernelInitializer: 'glorotNormal' }),
      ],
    })
    const [inputsOf, labels] = [
      tf.tensor2d(numbers(2400, 32, 3)),
      tf.tensor1d(
        Array.from({ length: 2400 }, (_, i) => i % 10),
        'int32',
      ),
    ]
    const stack = perExampleGradients(model, softmaxCrossEntropy, { inputs: inputsOf, labels })
    const formed = 4 * 2400 * model.countParams()
    expect(await peakOf(rule, stack)).toBeLessThan(formed / 8)
    const { gradient } = rule.aggregate(stack, {})
    for (const tensor of Object.values(gradient)) expect((await tensor.data()).every(Number.isFinite)).toBe(true)
    tf.dispose([gradient, inputsOf, labels])
    stack.dispose()
    model.dispose()
  })
})

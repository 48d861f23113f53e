import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { onEngine, read } from '../agreement.test-support.ts'
import { smoothedCrossEntropy, softmaxCrossEntropy, type Loss } from '../index.ts'

const logits = [
  [-2, 0.5, 3],
  [0, -40, 3],
  [1, 1, 1],
]
const labels = [1, 2, 0]

/** [m] losses and [m · C] gradients in float64, from the definition. */
function byDefinition(smoothing: number): { value: number[]; gradient: number[] } {
  const value: number[] = []
  const gradient: number[] = []
  logits.forEach((z, i) => {
    const most = Math.max(...z)
    const logSum = most + Math.log(z.reduce((sum, x) => sum + Math.exp(x - most), 0))
    const target = z.map((_, c) => (1 - smoothing) * Number(c === labels[i]) + smoothing / z.length)
    value.push(-z.reduce((sum, x, c) => sum + target[c]! * (x - logSum), 0))
    gradient.push(...z.map((x, c) => Math.exp(x - logSum) - target[c]!))
  })
  return { value, gradient }
}

async function valueAndGradient(loss: Loss, targets: tf.Tensor): Promise<{ value: number[]; gradient: number[] }> {
  const pass = tf.tidy(() => tf.valueAndGrad((z: tf.Tensor) => loss.perExample(z, targets))(tf.tensor2d(logits)))
  return { value: await read(() => pass.value), gradient: await read(() => pass.grad) }
}

describe.each(testEngines)('smoothedCrossEntropy on %s', (engine) => {
  onEngine(engine)

  it.each([0, 0.1, 0.6])(
    'at ε = %d gives the loss and the gradient of its definition, and leaks nothing',
    async (smoothing) => {
      for (const targets of [tf.tensor1d(labels, 'int32'), tf.oneHot(labels, 3)]) {
        const before = tf.memory().numTensors
        const found = await valueAndGradient(smoothedCrossEntropy({ smoothing }), targets)
        const expected = byDefinition(smoothing)
        expect(found.value).toBeAllClose(expected.value, { rtol: 1e-5, atol: 1e-6 })
        expect(found.gradient).toBeAllClose(expected.gradient, { rtol: 1e-5, atol: 1e-6 })
        expect(tf.memory().numTensors).toBe(before)
        targets.dispose()
      }
    },
  )

  it('is cross-entropy at ε = 0', async () => {
    const targets = tf.tensor1d(labels, 'int32')
    const [smoothed, plain] = [
      await valueAndGradient(smoothedCrossEntropy({ smoothing: 0 }), targets),
      await valueAndGradient(softmaxCrossEntropy, targets),
    ]
    expect(smoothed.value).toBeAllClose(plain.value, { rtol: 1e-6 })
    targets.dispose()
  })
})

it('refuses a smoothing that leaves nothing of the label, and outputs that are no logits', () => {
  expect(() => smoothedCrossEntropy({ smoothing: 1 })).toThrow('required 0 ≤ smoothing < 1, found 1')
  const labelled = tf.tensor1d([0], 'int32')
  expect(() => smoothedCrossEntropy().perExample(tf.zeros([1, 2, 3]), labelled)).toThrow(
    'smoothedCrossEntropy: required logits [m, C], found [1,2,3]',
  )
})

import { softmaxCrossEntropy, type Loss } from '@coherent-gradients/gradients'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { fc, test } from '@fast-check/vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import { countCorrect } from './count-correct.ts'
import { open } from './toy.test-support.ts'

const batches = fc.array(
  fc.array(fc.record({ logits: fc.tuple(fc.integer(), fc.integer(), fc.integer()), label: fc.nat(2) }), {
    minLength: 1,
    maxLength: 8,
  }),
  { maxLength: 4 },
)

describe('countCorrect', () => {
  beforeAll(() => open('cpu'))

  test.prop([batches])('counts over all evaluations and leaves the losses as they are', async (all) => {
    const before = tf.memory().numTensors
    const counted = countCorrect(softmaxCrossEntropy)
    let right = 0
    for (const batch of all) {
      const logits = batch.map((row) => row.logits.map((z) => z % 5))
      right += batch.filter(({ label }, i) => logits[i]!.indexOf(Math.max(...logits[i]!)) === label).length
      const [found, expected] = tf.tidy(() => {
        const output = tf.tensor2d(logits)
        const labels = tf.tensor1d(
          batch.map((row) => row.label),
          'int32',
        )
        return [counted.loss, softmaxCrossEntropy].map((loss) => loss.perExample(output, labels).dataSync())
      })
      expect(found).toEqual(expected)
    }
    expect(await counted.count()).toBe(right)
    counted.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(testEngines)('counts once where the losses come with their gradient, on %s', async (engine) => {
    await open(engine)
    const counted = countCorrect(softmaxCrossEntropy)
    const [output, labels] = [
      tf.tensor2d([
        [1, 2],
        [2, 1],
        [3, 3],
      ]),
      tf.tensor1d([1, 1, 0], 'int32'),
    ]
    const { direct, perExample } = counted.loss
    expect(direct?.perExample).toBe(perExample)
    const given = direct!.withGradient(output, labels)
    // Where the engine has no such kernel, whoever asks goes on by `perExample`.
    const both = given ?? { losses: perExample(output, labels), gradient: undefined }
    expect(await counted.count()).toBe(2)
    const expected = tf.tidy(() => tf.valueAndGrad((z: tf.Tensor) => softmaxCrossEntropy.perExample(z, labels))(output))
    expect(await both.losses.data()).toBeAllClose(await expected.value.data(), { rtol: 1e-5 })
    const gradient = both.gradient ?? expected.grad
    expect(await gradient.data()).toBeAllClose(await expected.grad.data(), { rtol: 1e-5, atol: 1e-6 })
    tf.dispose([both.losses, gradient])
    counted.dispose()
    tf.dispose([output, labels, expected.value, expected.grad])
    await open('cpu')
  })

  it('leaves out a direct way that isn’t the loss’s own', () => {
    const perExample: Loss['perExample'] = (z, y) => tf.mul(2, softmaxCrossEntropy.perExample(z, y))
    expect(countCorrect({ ...softmaxCrossEntropy, perExample }).loss.direct?.perExample).not.toBe(perExample)
  })

  it('is NaN where outputs are not scores of classes', async () => {
    const sums: Loss = { name: 'sums', perExample: (output) => tf.sum(output, 1) as tf.Tensor1D }
    const counted = countCorrect(sums)
    expect(counted.loss.name).toBe('sums')
    tf.tidy(() => counted.loss.perExample(tf.ones([2, 3]), tf.ones([2, 3])))
    expect(await counted.count()).toBeNaN()
    counted.dispose()
  })
})

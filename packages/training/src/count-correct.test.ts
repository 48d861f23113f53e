import { softmaxCrossEntropy, type Loss } from '@coherent-gradients/gradients'
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

  it('is NaN where outputs are not scores of classes', async () => {
    const sums: Loss = { name: 'sums', perExample: (output) => tf.sum(output, 1) as tf.Tensor1D }
    const counted = countCorrect(sums)
    expect(counted.loss.name).toBe('sums')
    tf.tidy(() => counted.loss.perExample(tf.ones([2, 3]), tf.ones([2, 3])))
    expect(await counted.count()).toBeNaN()
    counted.dispose()
  })
})

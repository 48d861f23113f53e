import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { denseStack, formedStack } from './hand-made-stack.test-support.ts'
import {
  coherenceWeighting,
  geometricMedian,
  gradientAgreement,
  krum,
  mean,
  meanAroundMedian,
  meanOfMeans,
  medianOfMeans,
  signAgreement,
  snrGate,
  trimmedMean,
  winsorizedMean,
} from './index.ts'

describe('the number of rows', () => {
  beforeAll(() => tf.setBackend('cpu'))

  test.each([
    [winsorizedMean({ count: 2 }), /winsor\(2\): required at least 5 rows, found 4/],
    [medianOfMeans({ groups: 3 }), /M3: required 3 rows, one per micro-batch, found 4/],
    [medianOfMeans({ groups: 5 }), /mom\(5\): required 5 rows, one per micro-batch, found 4/],
    [meanOfMeans({ groups: 3 }), /A3: required 3 rows, one per micro-batch, found 4/],
    [trimmedMean({ count: 2 }), /trim\(2\): required at least 5 rows, found 4/],
    [meanAroundMedian({ count: 2 }), /meamed\(2\): required at least 5 rows, found 4/],
    [krum({ byzantine: 1 }), /krum\(1\): required at least 5 rows, found 4/],
    [krum({ byzantine: 0, keep: 5 }), /multi-krum\(0, 5\): required at least 5 rows, found 4/],
    [geometricMedian({ groups: 5 }), /geomed of 5 means: required 5 rows, one per micro-batch, found 4/],
    [
      signAgreement({ threshold: 1, groups: 5 }),
      /and-mask\(1\) of 5 means: required 5 rows, one per micro-batch, found 4/,
    ],
    [winsorizedMean({ count: 2, groups: 4 }), /winsor\(2\) of 4 means: required at least 5 rows, found 4/],
  ])('$name refuses a stack of four', (aggregator, message) => {
    const stack = formedStack([[1], [2], [3], [4]])
    expect(() => aggregator.aggregate(stack, {})).toThrow(message)
    stack.dispose()
  })

  test.each([
    [snrGate(), /snr: required at least 2 rows, found 1/],
    [gradientAgreement({ threshold: 1 }), /gaf\(1\): required at least 2 rows, found 1/],
    [coherenceWeighting(), /coherence: required at least 2 rows, found 1/],
  ])('$name refuses a single row', (aggregator, message) => {
    const stack = formedStack([[1]])
    expect(() => aggregator.aggregate(stack, {})).toThrow(message)
    stack.dispose()
  })

  test.each([mean(), winsorizedMean({ count: 1 }), snrGate(), krum({ byzantine: 0 }), geometricMedian()])(
    '$name refuses factors of unequal rows, or that do not make the weight',
    (rule) => {
      const row = [1, 2]
      const stack = denseStack([row, row, row], [row, row, row], 'in factors')
      const [block] = stack.blocks
      const with3 = tf.ones<tf.Rank.R2>([3, 3])
      const of4 = tf.ones<tf.Rank.R2>([4, 2])
      for (const [deltas, found] of [
        [of4, 'found [3, 2] and [4, 2]'],
        [with3, 'found [3, 2] and [3, 3]'],
      ] as const) {
        const factors = { activations: block!.factors!.activations, deltas }
        const wrong = { ...stack, blocks: [{ ...block!, factors }] }
        expect(() => rule.aggregate(wrong, {})).toThrow(
          `${rule.name}: required factors of 3 rows of 4 values for d/kernel, ${found}`,
        )
      }
      tf.dispose([with3, of4])
      stack.dispose()
    },
  )
})

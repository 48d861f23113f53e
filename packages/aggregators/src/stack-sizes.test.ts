import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { formedStack } from './hand-made-stack.test-support.ts'
import { meanOfMeans, medianOfMeans, winsorizedMean } from './index.ts'

describe('the number of rows', () => {
  beforeAll(() => tf.setBackend('cpu'))

  test.each([
    [winsorizedMean({ count: 2 }), /winsor\(2\): required at least 5 rows, found 4/],
    [medianOfMeans({ groups: 3 }), /M3: required 3 rows, one per micro-batch, found 4/],
    [medianOfMeans({ groups: 5 }), /mom\(5\): required 5 rows, one per micro-batch, found 4/],
    [meanOfMeans({ groups: 3 }), /A3: required 3 rows, one per micro-batch, found 4/],
  ])('$name refuses a stack of four', (aggregator, message) => {
    const stack = formedStack([[1], [2], [3], [4]])
    expect(() => aggregator.aggregate(stack, {})).toThrow(message)
    stack.dispose()
  })
})

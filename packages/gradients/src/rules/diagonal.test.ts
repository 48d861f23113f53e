import { keyOf } from '@coherent-gradients/core'
import { buildModel } from '@coherent-gradients/models'
import { relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { formed, onCpu, onEngine } from '../agreement.test-support.ts'
import { exampleByExample } from '../example-by-example.test-support.ts'
import { halfSquaredError, perExampleGradients } from '../index.ts'

describe.each(testEngines)('on %s', (engine) => {
  onEngine(engine)

  it('gives the gradients of the deep linear model of Example 7', async () => {
    const model = buildModel({ kind: 'deep-linear', inputs: 6 }, keyOf(1))
    const inputs = tf.tensor2d([
      [1, 0, 0, 0, 0, 1],
      [0, -1, 0, 0, 0, -1],
      [0, 0, -1, 0, 0, -1],
      [0, 0, 0, 1, 0, 1],
    ])
    const batch = { inputs, labels: tf.tensor2d([[1], [-1], [-1], [1]]) }
    const stack = perExampleGradients(model, halfSquaredError, batch)
    const twin = await onCpu(() => exampleByExample(model, halfSquaredError, batch), [batch.inputs, batch.labels])
    expect(stack.blocks.map((block) => block.name)).toEqual(['diagonal_1/scale', 'dense_1/kernel'])
    for (const block of stack.blocks) {
      expect(relativeError(await formed(block), twin[block.name]!.flat())).toBeLessThan(1e-5)
    }
    stack.dispose()
  })
})

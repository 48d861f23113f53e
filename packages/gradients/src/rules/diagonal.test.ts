import { keyOf } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { buildModel } from '@coherent-gradients/models'
import { relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { exampleByExample } from '../example-by-example.test-support.ts'
import { halfSquaredError, perExampleGradients } from '../index.ts'

beforeAll(async () => {
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
})

it('gives the gradients of the deep linear model of Example 7', () => {
  const model = buildModel({ kind: 'deep-linear', inputs: 6 }, keyOf(1))
  const inputs = tf.tensor2d([
    [1, 0, 0, 0, 0, 1],
    [0, -1, 0, 0, 0, -1],
    [0, 0, -1, 0, 0, -1],
    [0, 0, 0, 1, 0, 1],
  ])
  const batch = { inputs, labels: tf.tensor2d([[1], [-1], [-1], [1]]) }
  const stack = perExampleGradients(model, halfSquaredError, batch)
  const twin = exampleByExample(model, halfSquaredError, batch)
  expect(stack.blocks.map((block) => block.name)).toEqual(['diagonal_1/scale', 'dense_1/kernel'])
  for (const block of stack.blocks) {
    const rows = tf.tidy(() => [...block.columns(0, block.size).dataSync()])
    expect(relativeError(rows, twin[block.name]!.flat())).toBeLessThan(1e-5)
  }
  stack.dispose()
})

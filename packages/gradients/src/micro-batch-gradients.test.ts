import { openEngine } from '@coherent-gradients/engine'
import { loadReference, relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { microBatchGradients, perExampleGradients } from './index.ts'
import { referenceCase } from './reference-model.test-support.ts'

describe.each(testEngines)('microBatchGradients on %s', (engine) => {
  beforeAll(async () => {
    const opened = await openEngine(engine)()
    if (opened._tag === 'Left') throw new Error(opened.left.message)
  })

  it.each([1, 2, 3, 4, 6, 12])('gives the mean over each of %i groups of consecutive examples', (groups) => {
    const { model, loss, batch } = referenceCase(loadReference('mlp-relu-softmax'))
    const before = tf.memory().numTensors
    const stack = microBatchGradients(model, loss, batch, groups)
    const examples = perExampleGradients(model, loss, batch)
    const m = batch.inputs.shape[0]!
    expect(stack.rows).toBe(groups)
    expect(stack.blocks.map((block) => block.name)).toEqual(examples.blocks.map((block) => block.name))
    const grouped = (rows: tf.Tensor): number[] => [
      ...tf.tidy(() => tf.mean(tf.reshape(rows, [groups, m / groups, -1]), 1)).dataSync(),
    ]
    tf.tidy(() => {
      expect(relativeError([...stack.losses.dataSync()], grouped(examples.losses))).toBeLessThan(1e-5)
      for (const [b, block] of stack.blocks.entries()) {
        const expected = grouped(examples.blocks[b]!.columns(0, block.size))
        expect(relativeError([...block.columns(0, block.size).dataSync()], expected)).toBeLessThan(1e-5)
        expect(relativeError([...block.mean().dataSync()], [...examples.blocks[b]!.mean().dataSync()])).toBeLessThan(
          1e-5,
        )
      }
    })
    stack.dispose()
    examples.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses a number of groups that does not divide the batch', () => {
    const { model, loss, batch } = referenceCase(loadReference('mlp-relu-softmax'))
    for (const groups of [0, 5, 1.5, 13, Number.NaN]) {
      expect(() => microBatchGradients(model, loss, batch, groups)).toThrow(/divides the batch of 12, found/)
    }
  })
})

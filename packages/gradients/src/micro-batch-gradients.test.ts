import { loadReference, relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { formed, onEngine, read } from './agreement.test-support.ts'
import { microBatchGradients, perExampleGradients } from './index.ts'
import { referenceCase } from './reference-model.test-support.ts'

describe.each(testEngines)('microBatchGradients on %s', (engine) => {
  onEngine(engine)

  it.each([1, 2, 3, 4, 6, 12])('gives the mean over each of %i groups of consecutive examples', async (groups) => {
    const { model, loss, batch } = referenceCase(loadReference('mlp-relu-softmax'))
    const before = tf.memory().numTensors
    const stack = microBatchGradients(model, loss, batch, groups)
    const examples = perExampleGradients(model, loss, batch)
    const m = batch.inputs.shape[0]!
    expect(stack.rows).toBe(groups)
    expect(stack.blocks.map((block) => block.name)).toEqual(examples.blocks.map((block) => block.name))
    const grouped = (rows: () => tf.Tensor): Promise<number[]> =>
      read(() => tf.tidy(() => tf.mean(tf.reshape(rows(), [groups, m / groups, -1]), 1)))
    const losses = await stack.losses.data()
    expect(relativeError([...losses], await grouped(() => tf.clone(examples.losses)))).toBeLessThan(1e-5)
    for (const [b, block] of stack.blocks.entries()) {
      const example = examples.blocks[b]!
      const expected = await grouped(() => example.columns(0, block.size))
      expect(relativeError(await formed(block), expected)).toBeLessThan(1e-5)
      expect(relativeError(await read(() => block.mean()), await read(() => example.mean()))).toBeLessThan(1e-5)
    }
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

import { loadReference, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { onEngine, read } from './agreement.test-support.ts'
import { foldMicroBatches, microBatchGradients, type GradientFold } from './index.ts'
import { referenceCase } from './reference-model.test-support.ts'

/** Adds up, and fails at a gradient where it is told to. */
function summing(failAt = Infinity): GradientFold {
  let sums: NamedTensorMap = {}
  let taken = 0
  return {
    add(gradient) {
      if (taken === failAt) throw new Error('no more')
      taken++
      const before = sums
      sums = Object.fromEntries(
        Object.entries(gradient).map(([name, tensor]) => [
          name,
          before[name] === undefined ? tf.clone(tensor) : tf.add(before[name], tensor),
        ]),
      )
      tf.dispose(before)
    },
    finish() {
      const given = sums
      sums = {}
      return given
    },
    dispose: () => tf.dispose(sums),
  }
}

describe.each(testEngines)('foldMicroBatches on %s', (engine) => {
  onEngine(engine)

  it.each([1, 3, 12])('hands on the means of %i groups, in order, and their losses', async (groups) => {
    const { model, loss, batch } = referenceCase(loadReference('mlp-relu-softmax'))
    const before = tf.memory().numTensors
    const stack = microBatchGradients(model, loss, batch, groups)
    const folded = foldMicroBatches(model, loss, batch, groups, summing())
    expect(await read(() => tf.clone(folded.losses))).toBeAllClose(await read(() => tf.clone(stack.losses)))
    const sums = folded.gradient()
    expect(Object.keys(sums)).toEqual(stack.blocks.map((block) => block.name))
    for (const block of stack.blocks) {
      const expected = await read(() => tf.tidy(() => tf.mul(block.mean(), groups)))
      expect([...(await sums[block.name]!.data())]).toBeAllClose(expected, { rtol: 1e-4, atol: 1e-6 })
    }
    tf.dispose(sums)
    folded.dispose()
    stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('holds no more than one group’s gradients beside the fold', () => {
    const { model, loss, batch } = referenceCase(loadReference('mlp-relu-softmax'))
    const before = tf.memory().numBytes
    let most = 0
    const probed = {
      ...loss,
      perExample: (...given: Parameters<typeof loss.perExample>) => {
        most = Math.max(most, tf.memory().numBytes - before)
        return loss.perExample(...given)
      },
    }
    foldMicroBatches(model, probed, batch, 12, summing()).dispose()
    const weights = model.getWeights().reduce((sum, weight) => sum + 4 * weight.size, 0)
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(4 * weights)
  })

  it('leaves nothing behind when the fold fails, and refuses groups that do not divide the batch', () => {
    const { model, loss, batch } = referenceCase(loadReference('mlp-relu-softmax'))
    const before = tf.memory().numTensors
    expect(() => foldMicroBatches(model, loss, batch, 4, summing(2))).toThrow('no more')
    for (const groups of [0, 5, 1.5, 13]) {
      expect(() => foldMicroBatches(model, loss, batch, groups, summing())).toThrow(/divides the batch of 12, found/)
    }
    expect(tf.memory().numTensors).toBe(before)
  })
})

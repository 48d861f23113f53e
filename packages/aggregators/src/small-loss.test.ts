import { openEngine } from '@coherent-gradients/engine'
import type { GradientStack } from '@coherent-gradients/gradients'
import { onEachEngine } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { expect, it } from 'vitest'
import { aggregated, formedStack } from './hand-made-stack.test-support.ts'
import { makeSmallLoss, smallLoss } from './small-loss.ts'

/** A stack of rows with these losses. */
function stackWith(rows: readonly (readonly number[])[], losses: readonly number[]): GradientStack {
  const stack = formedStack(rows)
  stack.losses.dispose()
  const own = tf.tensor1d([...losses])
  return {
    ...stack,
    losses: own,
    dispose() {
      stack.dispose()
      own.dispose()
    },
  }
}

const examples = fc.array(
  fc.record({ loss: fc.integer({ min: 0, max: 5 }), row: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(9)) }),
  { minLength: 1, maxLength: 12 },
)

onEachEngine('smallLoss', openEngine, () => {
  test.prop([examples, fc.integer({ min: 0, max: 10 })], { numRuns: 40 })(
    'is the mean of the rows of smallest loss, the first of equal ones',
    async (batch, tenths) => {
      const kept = Math.max(1, Math.ceil(((10 - tenths) * batch.length) / 10))
      const chosen = batch.toSorted((a, b) => a.loss - b.loss).slice(0, kept)
      const expected = [0, 1].map((j) => chosen.reduce((sum, { row }) => sum + row[j]!, 0) / kept)
      const before = tf.memory().numTensors
      const stack = stackWith(
        batch.map(({ row }) => row),
        batch.map(({ loss }) => loss),
      )
      expect(await aggregated(smallLoss({ drop: tenths / 10 }), stack)).toBeAllClose(expected, { atol: 1e-5 })
      stack.dispose()
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it('leaves out more and more during its warm-up, and goes on where its state says', async () => {
    const stack = stackWith([[4], [3], [2], [1]], [4, 3, 2, 1])
    const rule = smallLoss({ drop: 0.5, warmup: 2 })
    let state = rule.init([])
    const seen: number[] = []
    for (let step = 0; step < 4; step++) {
      const { gradient, state: next } = rule.aggregate(stack, state)
      tf.dispose(state)
      state = next
      seen.push((await gradient['d/kernel']!.data())[0]!)
      tf.dispose(gradient)
    }
    expect(seen).toEqual([2.5, 2, 1.5, 1.5])
    tf.dispose(state)
    stack.dispose()
  })
})

it('refuses what is no share, and a share that is not given', () => {
  expect(E.isLeft(makeSmallLoss({ drop: 1.2 }))).toBe(true)
  expect(() => smallLoss({} as { drop: number })).toThrow(/small-loss, option drop: required a number from 0 to 1/)
  expect(smallLoss({ drop: 0.8 }).name).toBe('small-loss(80%)')
})

import { openEngine } from '@coherent-gradients/engine'
import type { Aggregator, AggregatorState } from '@coherent-gradients/gradients'
import { onEachEngine, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { formedStack } from './hand-made-stack.test-support.ts'
import {
  chain,
  clipByNorm,
  clipRows,
  coordinateMedian,
  mean,
  meanOfMeans,
  medianOfMeans,
  momentum,
  perLayer,
  rollingMean,
  rollingMedian,
  schedule,
  warmup,
  winsorizedMean,
} from './index.ts'
import { steps, wave, type Rows } from './steps.test-support.ts'

/** Every rule with a memory, and rules made of such, for stacks of three rows or one. */
const stateful: readonly { readonly rule: Aggregator; readonly rows: number }[] = [
  { rule: rollingMedian(), rows: 1 },
  { rule: rollingMedian({ steps: 4 }), rows: 1 },
  { rule: rollingMean(), rows: 1 },
  { rule: chain(clipRows({ norm: 2 }), mean(), momentum({ decay: 0.9 }), clipByNorm({ norm: 1 })), rows: 3 },
  { rule: chain(rollingMedian(), momentum({ decay: 0.5 })), rows: 1 },
  { rule: warmup(2, chain(mean(), momentum({ decay: 0.9 })), medianOfMeans({ groups: 3 })), rows: 3 },
  { rule: warmup(3, meanOfMeans({ groups: 1 }), rollingMedian()), rows: 1 },
  { rule: schedule({ from: 0, to: 40, steps: 4 }, (percent) => winsorizedMean({ percent })), rows: 3 },
  {
    rule: schedule(
      {
        stairs: [
          [0, 0.9],
          [3, 0.1],
        ],
      },
      (decay) => chain(mean(), momentum({ decay })),
    ),
    rows: 3,
  },
  { rule: perLayer({ '*/bias': chain(mean(), momentum({ decay: 0.9 })), otherwise: coordinateMedian() }), rows: 3 },
]

/** What a checkpoint does to a memory. */
async function stored(state: AggregatorState): Promise<AggregatorState> {
  const plain = await Promise.all(
    Object.entries(state).map(async ([name, tensor]) => {
      expect(tensor.dtype).toBe('float32')
      return [name, [...tensor.shape], new Float32Array(await tensor.data())] as const
    }),
  )
  tf.dispose(state)
  return Object.fromEntries(plain.map(([name, shape, data]) => [name, tf.tensor(data, [...shape])]))
}

onEachEngine('rules with a memory', openEngine, (engine) => {
  describe.each(stateful)('$rule.name', ({ rule, rows }) => {
    const all = Array.from({ length: 7 }, (_, step) => wave(rows, step))

    it('goes on from a stored state to the same bytes', async () => {
      expect(await steps(rule, all, stored)).toEqual(await steps(rule, all))
    })

    it('holds no more tensors after seven steps than after six, and frees them all', async () => {
      const before = tf.memory().numTensors
      const held: number[] = []
      await steps(rule, all, async (state) => {
        held.push(Object.values(state).filter((tensor) => !tensor.isDisposed).length)
        return state
      })
      expect(held.at(-1)).toBe(held.at(-2))
      expect(tf.memory().numTensors).toBe(before)
    })

    it('leaves the stack and its state as they are', async () => {
      const stack = formedStack(all[0]!)
      const state = rule.init(stack.blocks)
      const first = rule.aggregate(stack, state)
      const again = rule.aggregate(stack, state)
      for (const name of Object.keys(first.gradient)) {
        expect(await first.gradient[name]!.data()).toEqual(await again.gradient[name]!.data())
      }
      expect(Object.keys(first.state)).toEqual(Object.keys(again.state))
      tf.dispose([state, first, again])
      stack.dispose()
    })
  })

  const oneRow = stacks({ rows: 1, columns: 3 })
  const sequences = fc.array(oneRow as fc.Arbitrary<Rows>, { minLength: 1, maxLength: 6 })
  const numRuns = engine === 'webgpu' ? 5 : 30

  it('RM3 refuses a gradient that isn’t finite in its own name, and leaves nothing behind', () => {
    const before = tf.memory().numTensors
    const [good, bad] = [formedStack([[1, 2]]), formedStack([[3, Number.NaN]])]
    const first = rollingMedian().aggregate(good, {})
    const held = tf.memory().numTensors
    expect(() => rollingMedian().aggregate(bad, first.state)).toThrow(
      /^RM3: required finite values, found NaN in row 0/,
    )
    expect(tf.memory().numTensors).toBe(held)
    tf.dispose([first.gradient, first.state])
    for (const stack of [good, bad]) stack.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test.prop([sequences], { numRuns })('RM3 is the median of the last three steps, of fewer at first', async (all) => {
    const found = await steps(rollingMedian(), all)
    for (const [t, gradient] of found.entries()) {
      for (const [j, value] of gradient.entries()) {
        const last = all.slice(Math.max(0, t - 2), t + 1).map(([row]) => Math.fround(row![j]!))
        const sorted = last.toSorted((a, b) => a - b)
        const expected = sorted.length === 2 ? (sorted[0]! + sorted[1]!) / 2 : sorted[(sorted.length - 1) / 2]!
        const tolerance = sorted.length === 2 ? 2 ** -22 * Math.max(...last.map(Math.abs)) : 0
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(tolerance, 2 ** -126))
      }
    }
  })

  test.prop([sequences], { numRuns })('RA3 is their mean', async (all) => {
    const found = await steps(rollingMean(), all)
    for (const [t, gradient] of found.entries()) {
      for (const [j, value] of gradient.entries()) {
        const last = all.slice(Math.max(0, t - 2), t + 1).map(([row]) => Math.fround(row![j]!))
        const expected = last.reduce((sum, x) => sum + x, 0) / last.length
        const tolerance = 2 ** -21 * Math.max(...last.map(Math.abs))
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(tolerance, 2 ** -126))
      }
    }
  })
})

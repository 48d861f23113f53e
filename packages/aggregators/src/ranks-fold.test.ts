import { openEngine } from '@coherent-gradients/engine'
import type { GradientFold } from '@coherent-gradients/gradients'
import { nastyStacks, onEachEngine, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { aggregated, formedStack } from './hand-made-stack.test-support.ts'
import { coordinateMedian, krum, makeAggregator, medianOfMeans, trimmedMean, winsorizedMean } from './index.ts'

type Rows = readonly (readonly number[])[]

async function folded(fold: GradientFold, rows: Rows): Promise<number[]> {
  for (const row of rows) {
    const gradient = { a: tf.tensor1d(row.slice(0, -1)), b: tf.tensor(row.slice(-1), [1, 1]) }
    fold.add(gradient)
    tf.dispose(gradient)
  }
  const { a, b } = fold.finish()
  const values = [...(await a!.data()), ...(await b!.data())]
  expect(b!.shape).toEqual([1, 1])
  tf.dispose([a!, b!])
  return values
}

const rules = [
  ...[0, 1, 2].map((count) => (groups: number) => winsorizedMean({ count, groups })),
  ...[0, 1, 3].map((count) => (groups: number) => trimmedMean({ count, groups })),
  (groups: number) => winsorizedMean({ percent: 10, groups }),
  (groups: number) => trimmedMean({ percent: 20, groups }),
]

onEachEngine('ranksFold', openEngine, () => {
  test.prop([stacks({ rows: { min: 8, max: 20 } }), fc.constantFrom(...rules)], { numRuns: 40 })(
    'gives what the rule gives of the stack',
    async (rows, make) => {
      const rule = make(rows.length)
      const stack = formedStack(rows)
      const expected = await aggregated(rule, stack)
      stack.dispose()
      const largest = Math.max(...rows.flat().map(Math.abs))
      const before = tf.memory().numTensors
      expect(await folded(rule.fold!(), rows)).toBeAllClose(expected, {
        rtol: 0,
        atol: largest * rows.length * 2 ** -22,
      })
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  test('never adds up what is clipped away', async () => {
    const rows = [[1e30, 0, 1], ...[1, 2, 3, 4, 5, 6].map((x) => [x, x, x]), [-1e30, 7, 1]]
    const [first] = await folded(trimmedMean({ count: 1, groups: 8 }).fold!(), rows)
    expect(first).toBe(3.5)
    const [clipped] = await folded(winsorizedMean({ count: 1, groups: 8 }).fold!(), rows)
    expect(clipped).toBe(3.5)
  })

  for (const { name, rows } of nastyStacks.filter((each) => each.rows.length >= 6)) {
    test(`trims ${name} as of the stack`, async () => {
      const rule = trimmedMean({ count: 2, groups: rows.length })
      const wide = rows.map((row) => [...row, 1])
      const stack = formedStack(wide)
      const largest = Math.max(...rows.flat().map(Math.abs))
      expect(await folded(rule.fold!(), wide)).toBeAllClose(await aggregated(rule, stack), {
        rtol: 1e-6,
        atol: Math.min(largest * 1e-6, 1e-6),
      })
      stack.dispose()
    })
  }

  test('keeps 2(c + 1) gradients and a sum', () => {
    const size = 1000
    const before = tf.memory()
    const fold = winsorizedMean({ count: 2, groups: 64 }).fold!()
    let most = 0
    for (let j = 0; j < 64; j++) {
      const w = tf.tensor1d(new Float32Array(size).map(() => Math.sin(j)))
      fold.add({ w })
      w.dispose()
      const { numBytes, numTensors } = tf.memory()
      most = Math.max(most, numBytes - before.numBytes)
      expect(numTensors - before.numTensors).toBeLessThanOrEqual(7)
    }
    expect(most).toBe(7 * 4 * size)
    fold.dispose()
    fold.dispose()
    expect(tf.memory().numTensors).toBe(before.numTensors)
  })

  test('refuses a micro-batch that is not finite by number, at the end', () => {
    const before = tf.memory().numTensors
    const fold = trimmedMean({ count: 1, groups: 5 }).fold!()
    for (const x of [1, 2, NaN, 4, Infinity]) {
      const w = tf.tensor1d([x, 1])
      fold.add({ w })
      w.dispose()
    }
    expect(() => fold.finish()).toThrow(
      'trim(1) of 5 means: required finite values, found others in micro-batch 2 of 5',
    )
    fold.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('refuses gradients of other shapes', () => {
    const before = tf.memory().numTensors
    const fold = trimmedMean({ count: 1, groups: 5 }).fold!()
    const [w, other] = [tf.tensor1d([1, 2]), tf.tensor2d([[1, 2]])]
    fold.add({ w })
    expect(() => fold.add({ w: other })).toThrow('required gradients of w [2], found w [1, 2]')
    expect(() => fold.add({ w, other })).toThrow('required gradients of w [2], found w [2], other [1, 2]')
    fold.dispose()
    tf.dispose([w, other])
    expect(tf.memory().numTensors).toBe(before)
  })

  test('refuses too few gradients and too many', () => {
    const fold = trimmedMean({ count: 0, groups: 2 }).fold!()
    const w = tf.tensor1d([1])
    fold.add({ w })
    expect(() => fold.finish()).toThrow('required 2 gradients, found 1')
    fold.add({ w })
    expect(() => fold.add({ w })).toThrow('required 2 gradients, found one more')
    tf.dispose([w, fold.finish()])
  })
})

test('there is none where it would keep as much as the stack, or the rule needs rows that it has dropped', () => {
  for (const rule of [
    medianOfMeans({ groups: 3 }),
    coordinateMedian({ groups: 5 }),
    winsorizedMean({ count: 2, groups: 7 }),
    winsorizedMean({ count: 2 }),
    trimmedMean({ count: 2, groups: 40, nonFinite: 'drop' }),
    trimmedMean({ count: 2, groups: 4 }),
    krum({ byzantine: 1, groups: 40 }),
  ]) {
    expect(rule.fold).toBeUndefined()
  }
  const made = makeAggregator({ rule: 'winsorized-mean', percent: 8, groups: 100 })
  expect(made._tag === 'Right' && made.right.fold).toBeDefined()
})

import { keyOf } from '@coherent-gradients/core'
import { rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { batchIds } from './batch-ids.ts'
import { batchSchedule } from './batch-schedule.ts'
import { epochOrder } from './epoch-order.ts'
import { madeUp } from './made-up.test-support.ts'
import { readInOrder } from './read-in-order.ts'
import { uniformLabelNoise } from './uniform-label-noise.ts'

const ids = Uint32Array.from({ length: 23 }, (_, i) => 100 + 3 * i)

describe('batchSchedule', () => {
  test.prop([fc.integer(), fc.integer({ min: 1, max: 23 })])(
    'visits no example twice in an epoch, and all but n mod b',
    (seed, batchSize) => {
      const schedule = batchSchedule(ids, { key: keyOf(seed), batchSize })
      expect(schedule.stepsPerEpoch).toBe(Math.floor(23 / batchSize))
      const seen = Array.from({ length: schedule.stepsPerEpoch }, (_, step) => [...schedule.batchIds(step)])
      expect(seen.every((batch) => batch.length === batchSize)).toBe(true)
      expect(new Set(seen.flat()).size).toBe(23 - (23 % batchSize))
      expect(seen.flat().every((id) => ids.includes(id))).toBe(true)
    },
  )

  test.prop([fc.integer(), fc.array(fc.nat(200), { maxLength: 20 })])(
    'answers for any step, in any order, as a fresh one does',
    (seed, steps) => {
      const schedule = batchSchedule(ids, { key: keyOf(seed), batchSize: 5 })
      for (const step of steps) {
        expect(schedule.batchIds(step)).toEqual(batchIds(ids, keyOf(seed), 5, step))
        expect(schedule.epochOf(step)).toBe(Math.floor(step / 4))
      }
    },
  )

  test('is the epoch’s order, cut', () => {
    const order = epochOrder(ids, keyOf(4), 2)
    expect(batchIds(ids, keyOf(4), 5, 2 * 4 + 1)).toEqual(order.slice(5, 10))
  })

  test('shuffles each epoch anew, and each key another way', () => {
    expect(epochOrder(ids, keyOf(0), 0)).not.toEqual(epochOrder(ids, keyOf(0), 1))
    expect(epochOrder(ids, keyOf(0), 0)).not.toEqual(epochOrder(ids, keyOf(1), 0))
    expect(epochOrder(ids, keyOf(0), 1).toSorted()).toEqual(ids)
  })

  test('does not move when noise is added, not even with the same key', () => {
    const clean = madeUp(50)
    const noisy = rightOf(uniformLabelNoise(clean, { key: keyOf(0), fraction: 0.5 }))
    expect(epochOrder(noisy.ids, keyOf(0), 3)).toEqual(epochOrder(clean.ids, keyOf(0), 3))
  })

  test('is pinned: this order never changes', () => {
    expect([...epochOrder(ids, keyOf(0), 1)]).toMatchInlineSnapshot(`
      [
        100,
        103,
        148,
        133,
        115,
        139,
        127,
        109,
        118,
        163,
        157,
        145,
        151,
        124,
        106,
        112,
        142,
        154,
        160,
        130,
        121,
        136,
        166,
      ]
    `)
  })

  test('refuses batch sizes and steps out of range', () => {
    for (const batchSize of [0, 24, 1.5, NaN]) {
      expect(() => batchSchedule(ids, { key: keyOf(0), batchSize })).toThrow(
        `required a batch size from 1 to 23 (all examples), found ${batchSize}`,
      )
    }
    for (const step of [-1, 0.5, NaN])
      expect(() => batchIds(ids, keyOf(0), 5, step)).toThrow(`required a step ≥ 0, found ${step}`)
  })
})

describe('readInOrder', () => {
  test('goes through everything once, in file order, with a short batch at the end', async () => {
    const batches: number[][] = []
    for await (const batch of readInOrder(madeUp(7), 3)) batches.push([...batch.ids])
    expect(batches).toEqual([[0, 1, 2], [3, 4, 5], [6]])
  })

  test('refuses a batch size of 0', async () => {
    await expect(readInOrder(madeUp(1), 0).next()).rejects.toThrow('required a batch size ≥ 1, found 0')
  })
})

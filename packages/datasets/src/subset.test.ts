import { keyOf } from '@coherent-gradients/core'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { madeUp } from './made-up.test-support.ts'
import { sample } from './sample.ts'
import { splitLaws } from './split-laws.test-support.ts'
import { subset } from './subset.ts'
import { take } from './take.ts'

describe('subset, take and sample', () => {
  test.prop([fc.uniqueArray(fc.nat(39))])('subset keeps the chosen ids in file order, with their rows', async (ids) => {
    const whole = madeUp(40)
    const part = subset(whole, ids)
    expect([...part.ids]).toEqual(ids.toSorted((a, b) => a - b))
    expect(await part.read(ids)).toEqual(await whole.read(ids))
  })

  test('a subset does not read what it left out', async () => {
    await expect(subset(madeUp(5), [1, 2]).read([3])).rejects.toThrow(
      new RangeError('made-up[2]: no example has the id 3'),
    )
  })

  test('subset refuses ids that are unknown or doubled', () => {
    expect(() => subset(madeUp(5), [1, 5])).toThrow(new RangeError('made-up: no example has the id 5'))
    expect(() => subset(madeUp(5), [1, 1])).toThrow(
      new RangeError('made-up[2]: required ids that differ, found 1 twice'),
    )
  })

  test('take is the beginning and is named for it', () => {
    const part = take(madeUp(9), 4)
    expect([part.name, [...part.ids]]).toEqual(['made-up[0:4]', [0, 1, 2, 3]])
  })

  test.prop([fc.integer(), fc.nat(40), fc.nat(40)])(
    'sample draws n, sorted, the smaller within the larger',
    (seed, a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)].map((n) => sample(madeUp(40), keyOf(seed), n))
      expect(few?.ids.length).toBe(Math.min(a, b))
      expect(few?.ids).toEqual(few?.ids.toSorted())
      for (const id of few?.ids ?? []) expect(many?.ids).toContain(id)
    },
  )

  test('sample is pinned: these ids never change', () => {
    expect([...sample(madeUp(1000), keyOf(0), 5).ids]).toMatchInlineSnapshot(`
      [
        230,
        290,
        462,
        549,
        696,
      ]
    `)
  })

  test.each([-1, 6, 1.5, NaN])('take and sample refuse n = %d', (n) => {
    expect(() => take(madeUp(5), n)).toThrow(`take: required 0 to 5 examples of made-up, found ${n}`)
    expect(() => sample(madeUp(5), keyOf(0), n)).toThrow(`sample: required 0 to 5 examples of made-up, found ${n}`)
  })
})

splitLaws('subset', async () => subset(madeUp(40), [30, 2, 9, 4]))
splitLaws('take', async () => take(madeUp(40), 7))
splitLaws('sample of a sample', async () => sample(sample(madeUp(40), keyOf(1), 20), keyOf(2), 9))

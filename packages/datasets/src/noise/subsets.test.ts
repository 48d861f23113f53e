import { keyOf } from '@coherent-gradients/core'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../content-hash.ts'
import { madeUp } from '../made-up.test-support.ts'
import { easyAndHard } from './easy-and-hard.ts'
import { learnedEarlyAndLate } from './learned-early-and-late.ts'
import { asSubset, type Subset, withSubset } from './with-subset.ts'

const key = keyOf('subsets')

describe('learnedEarlyAndLate', () => {
  const steps = fc.array(fc.oneof(fc.nat(20), fc.constant(Infinity)), { minLength: 100, maxLength: 100 })
  test.prop([fc.array(steps, { minLength: 1, maxLength: 3 }), fc.nat(20), fc.nat(5)])(
    'is easyAndHard of what was learned by a step, with a gap between the kinds',
    (learned, early, gap) => {
      const split = madeUp(100)
      const options = { key, train: 4, test: 3 }
      const result = learnedEarlyAndLate(split, { ...options, learned, early, late: early + gap })
      const easy = [...split.ids].filter((id) => learned.every((run) => run[id]! <= early))
      const hard = [...split.ids].filter((id) => learned.every((run) => run[id]! > early + gap))
      if (Math.min(easy.length, hard.length) < 7) {
        expect(leftOf(result).message).toMatch(
          /required 7 examples that (?:every|no) run learned by step \d+, found \d/,
        )
        return
      }
      const parts = rightOf(result)
      const ids = [parts.easy, parts.hard].flatMap((kind) => [...kind.train.ids, ...kind.test.ids])
      expect(new Set(ids).size).toBe(14)
      expect(ids.slice(0, 7).every((id) => easy.includes(id)) && ids.slice(7).every((id) => hard.includes(id))).toBe(
        true,
      )
      if (gap > 0) return
      const right = learned.map((run) => run.map((step) => step <= early))
      const same = rightOf(easyAndHard(split, { ...options, right }))
      expect([same.easy.train.ids, same.hard.test.ids]).toEqual([parts.easy.train.ids, parts.hard.test.ids])
    },
  )
  it('refuses runs that do not speak of every example, and a late that is early', () => {
    const options = { key, train: 1, test: 1, early: 3 }
    expect(() => learnedEarlyAndLate(madeUp(3), { ...options, learned: [] })).toThrow(/found no run/)
    expect(() => learnedEarlyAndLate(madeUp(3), { ...options, learned: [[1]] })).toThrow(/each of 3 examples.*found 1/)
    expect(() => learnedEarlyAndLate(madeUp(1), { ...options, learned: [[1]], late: 2 })).toThrow(/late ≥ 3, found 2/)
  })
})

describe('withSubset', () => {
  const split = madeUp(200)
  it.each<[Subset, number]>([
    [{ kind: 'all' }, 200],
    [{ kind: 'first', examples: 7 }, 7],
    [{ kind: 'drawn', examples: 50 }, 50],
    [{ kind: 'class-balanced', perClass: 3 }, 30],
    [asSubset({ ids: Uint32Array.of(5, 3, 150) }, 'hard'), 3],
  ])('%j is plain data that gives the same examples again, in any order', async (subset, examples) => {
    const some = rightOf(await withSubset(split, subset, key))
    expect(some.ids.length).toBe(examples)
    const copy = JSON.parse(JSON.stringify(subset)) as Subset
    const again = rightOf(await withSubset({ ...split, ids: split.ids.slice() }, copy, key))
    expect(await contentHash(again)).toBe(await contentHash(some))
  })
  it('goes there and back', async () => {
    const drawn = rightOf(await withSubset(split, { kind: 'drawn', examples: 20 }, key))
    expect(rightOf(await withSubset(split, asSubset(drawn, 'those'), key)).ids).toEqual(drawn.ids)
  })
  it('says what there is too little of', async () => {
    const refused = async (subset: Subset): Promise<string> => leftOf(await withSubset(madeUp(9), subset, key)).message
    expect(await refused({ kind: 'first', examples: 10 })).toBe('made-up: required 10 examples or more, found 9')
    expect(await refused({ kind: 'ids', name: 'easy', ids: [1, 9] })).toBe(
      'made-up: required 2 examples of easy, found 1',
    )
    await expect(withSubset(madeUp(1), { kind: 'some' } as never, key)).rejects.toThrow(/found \{"kind":"some"\}/)
  })
})

import { keyOf, type Split } from '@coherent-gradients/core'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../content-hash.ts'
import { madeUp } from '../made-up.test-support.ts'
import { readLabels } from '../read-labels.ts'
import { splitLaws } from '../split-laws.test-support.ts'
import { subset } from '../subset.ts'
import { classBalanced } from './class-balanced.ts'
import { easyAndHard } from './easy-and-hard.ts'
import { populations } from './populations.ts'
import { type Noise, withNoise } from './with-noise.ts'
import { zhangNoises } from './zhang-noises.ts'

const key = keyOf('noise')
const half: Noise = { kind: 'labels', scheme: 'exact', fraction: 0.5 }
const noisy = (noise: Noise, n = 200): Split => rightOf(withNoise(madeUp(n), noise, key))
/** The same split, which can't tell its labels without its inputs. */
const mute = ({ name, ids, inputShape, classes, read }: Split): Split => ({ name, ids, inputShape, classes, read })

describe('withNoise', () => {
  const kinds: readonly Noise[] = [
    ...zhangNoises.map(({ noise }) => noise),
    half,
    { kind: 'labels', scheme: 'permuted', fraction: 0.3 },
    { kind: 'labels', scheme: 'pair-flipped', fraction: 0.3 },
    { kind: 'gaussian-images', fraction: 0.5, mean: 0.2, standardDeviation: 0.1 },
    { kind: 'random-pixels', fraction: 0.4 },
  ]
  describe.each(kinds)('%j', (noise) => {
    it('is plain data that gives the same split again', async () => {
      const copy = JSON.parse(JSON.stringify(noise)) as Noise
      expect(await contentHash(noisy(copy))).toBe(await contentHash(noisy(noise)))
    })
    it('tells labels as a read does, in any order', async () => {
      const split = noisy(noise)
      const ids = split.ids.toReversed().filter((id) => id % 3 !== 0)
      const { inputs: _, inputShape: __, ...labels } = await split.read(ids)
      expect(await readLabels(split, ids)).toEqual(labels)
      expect(await readLabels(mute(split), ids)).toEqual(labels)
    })
    it('does not depend on the order of the ids', async () => {
      const clean = madeUp(200)
      const turned = rightOf(withNoise({ ...clean, ids: clean.ids.toReversed() }, noise, key))
      expect(await contentHash(turned)).toBe(await contentHash(noisy(noise)))
    })
  })
  it.each<[Noise, string]>([
    [{ kind: 'labels', scheme: 'exact', fraction: 0.5 }, '81177fc571551069'],
    [{ kind: 'labels', scheme: 'bernoulli', fraction: 0.5 }, 'c984265341e28c0f'],
    [{ kind: 'labels', scheme: 'permuted', fraction: 0.5 }, '69b71587bb53e347'],
    [{ kind: 'labels', scheme: 'pair-flipped', fraction: 0.5 }, '9a702faeb79133e6'],
    [{ kind: 'gaussian-images', fraction: 0.5 }, '34e1c3d68f279bbe'],
    [{ kind: 'shuffled-pixels', fraction: 0.5 }, 'e2be3b4253a3024a'],
    [{ kind: 'random-pixels', fraction: 0.5 }, '6cc92d332b6e3b61'],
  ])('%j is the same noise in every process, on every machine', async (noise, hash) => {
    expect((await contentHash(noisy(noise, 50))).slice(0, 16)).toBe(hash)
  })
  it('asks a copy that reads otherwise, not what it was copied from', async () => {
    const copy = { ...madeUp(9), read: () => Promise.reject(new Error('its own read')) }
    const split = rightOf(withNoise(copy, half, key))
    await expect(readLabels(split, [0])).rejects.toThrow('its own read')
  })
  it('refuses fractions outside [0, 1], and noise that is not known', () => {
    expect(leftOf(withNoise(madeUp(1), { ...half, fraction: 1.5 }, key))._tag).toBe('OutOfRange')
    expect(() => withNoise(madeUp(1), { kind: 'loud' } as never, key)).toThrow(/found \{"kind":"loud"\}/)
  })
  it('labels drawn anew are independent of the image and uniform', async () => {
    const n = 6000
    const { labels, trueLabels } = await readLabels(noisy({ ...half, fraction: 1 }, n), madeUp(n).ids)
    const table = Array.from({ length: 100 }, () => 0)
    labels.forEach((label, i) => table[label * 10 + trueLabels[i]!]!++)
    const given = Array.from({ length: 10 }, (_, a) => table.slice(10 * a, 10 * a + 10).reduce((x, y) => x + y))
    const right = Array.from({ length: 10 }, (_, b) => table.filter((__, i) => i % 10 === b).reduce((x, y) => x + y))
    const square = (seen: number, expected: number): number => (seen - expected) ** 2 / expected
    const uniform = given.reduce((sum, seen) => sum + square(seen, n / 10), 0)
    const independent = table.reduce(
      (sum, seen, i) => sum + square(seen, (given[Math.floor(i / 10)]! * right[i % 10]!) / n),
      0,
    )
    expect(uniform).toBeLessThan(27.9) // χ² with 9 degrees of freedom exceeds this once in a thousand
    expect(independent).toBeLessThan(126.1) // and with 81 degrees this
  })
})

describe('populations', () => {
  it('tell pristine from corrupt by the label, and touched by the mark', async () => {
    const split = noisy(half)
    const { pristine, corrupt, touched } = await populations(split)
    expect([pristine.ids.length + corrupt.ids.length, touched.ids.length]).toEqual([200, 100])
    expect(corrupt.ids.every((id) => touched.ids.includes(id))).toBe(true)
    const wrong = await readLabels(corrupt, corrupt.ids)
    expect(wrong.labels.every((label, i) => label !== wrong.trueLabels[i])).toBe(true)
    const images = await populations(noisy({ kind: 'gaussian-images', fraction: 0.25 }), { by: 'touched' })
    expect([images.pristine.ids.length, images.corrupt.ids.length, images.touched.ids.length]).toEqual([150, 0, 50])
  })
})

describe('classBalanced', () => {
  splitLaws('classBalanced', async () => rightOf(await classBalanced(madeUp(300), { key, perClass: 5 })))
  it('draws as many of each class by its true label, whatever the order, and more keeps fewer', async () => {
    const split = noisy(half, 400)
    const five = rightOf(await classBalanced(split, { key, perClass: 5 }))
    const { trueLabels } = await readLabels(five, five.ids)
    for (let label = 0; label < 10; label++) expect(trueLabels.filter((each) => each === label).length).toBe(5)
    const turned = rightOf(await classBalanced({ ...split, ids: split.ids.toReversed() }, { key, perClass: 5 }))
    expect(turned.ids.toSorted()).toEqual(five.ids.toSorted())
  })
  it('says which class has too few', async () => {
    const few = subset(madeUp(300), [0, 1, 2])
    expect(leftOf(await classBalanced(few, { key, perClass: 2 })).message).toMatch(
      /required 2 examples of class \d, found/,
    )
    await expect(classBalanced(few, { key, perClass: 0 })).rejects.toThrow(/≥ 1, found 0/)
  })
})

describe('easyAndHard', () => {
  test.prop([fc.array(fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }), { minLength: 1, maxLength: 3 })])(
    'takes what all runs agree about, and never tests on what it trains on',
    (right) => {
      const split = madeUp(200)
      const result = easyAndHard(split, { right, key, train: 5, test: 3 })
      const agreed = (value: boolean): number =>
        right[0]!.filter((_, i) => right.every((run) => run[i] === value)).length
      if (Math.min(agreed(true), agreed(false)) < 8) {
        expect(leftOf(result).message).toMatch(/required 8 examples that every run got/)
        return
      }
      const { easy, hard } = rightOf(result)
      const parts = [easy.train, easy.test, hard.train, hard.test]
      expect(parts.map(({ ids }) => ids.length)).toEqual([5, 3, 5, 3])
      expect(new Set(parts.flatMap(({ ids }) => [...ids])).size).toBe(16)
      expect([...easy.train.ids, ...easy.test.ids].every((id) => right.every((run) => run[id]))).toBe(true)
      expect([...hard.train.ids, ...hard.test.ids].every((id) => right.every((run) => !run[id]))).toBe(true)
    },
  )
  it('refuses runs that do not speak of every example', () => {
    expect(() => easyAndHard(madeUp(3), { right: [], key, train: 1, test: 1 })).toThrow(/found no run/)
    expect(() => easyAndHard(madeUp(3), { right: [[1]], key, train: 1, test: 1 })).toThrow(
      /each of 3 examples.*found 1/,
    )
  })
})

describe('contentHash', () => {
  it('is one for the same examples in any order, and another for any change', async () => {
    const split = madeUp(50)
    const hash = await contentHash(split)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await contentHash({ ...mute(split), ids: split.ids.toReversed() })).toBe(hash)
    expect(await contentHash(noisy({ kind: 'none' }, 50))).toBe(hash)
    const others = [madeUp(49), madeUp(50, [16]), noisy({ kind: 'random-pixels', fraction: 0.1 }, 50), noisy(half, 50)]
    const hashes = await Promise.all(others.map((other) => contentHash(other)))
    expect(new Set([hash, ...hashes, await contentHash(split, { inputs: false })]).size).toBe(6)
    expect(await contentHash(mute(noisy(half)), { inputs: false })).toBe(
      await contentHash(noisy(half), { inputs: false }),
    )
  })
})

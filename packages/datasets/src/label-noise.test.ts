import { keyOf, type Split } from '@coherent-gradients/core'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { madeUp } from './made-up.test-support.ts'
import { pairFlippedLabelNoise } from './pair-flipped-label-noise.ts'
import { permutedLabelNoise } from './permuted-label-noise.ts'
import { labelNoiseLaws } from './split-laws.test-support.ts'
import { subset } from './subset.ts'
import { uniformLabelNoise } from './uniform-label-noise.ts'

const key = keyOf('noise')
const noises = {
  exact: (split: Split, fraction: number) => uniformLabelNoise(split, { key, fraction }),
  bernoulli: (split: Split, fraction: number) => uniformLabelNoise(split, { key, fraction, scheme: 'bernoulli' }),
  permuted: (split: Split, fraction: number) => permutedLabelNoise(split, { key, fraction }),
  pairFlipped: (split: Split, fraction: number) => pairFlippedLabelNoise(split, { key, fraction }),
} as const

async function labelled(split: Split): Promise<{ touched: number[]; corrupt: number[]; labels: Int32Array }> {
  const { ids, labels, trueLabels, touched } = await split.read(split.ids)
  const all = [...ids]
  return {
    touched: all.filter((_, i) => touched[i] === 1),
    corrupt: all.filter((_, i) => labels[i] !== trueLabels[i]),
    labels,
  }
}

describe.each(Object.entries(noises))('label noise, %s', (name, noise) => {
  for (const fraction of [0, 0.25, 1]) {
    labelNoiseLaws(
      `${name} ${fraction}`,
      async () => madeUp(60),
      (clean) => rightOf(noise(clean, fraction)),
    )
  }
  labelNoiseLaws(
    `${name} on other noise`,
    async () => rightOf(uniformLabelNoise(madeUp(60), { key: keyOf('earlier'), fraction: 0.3 })),
    (clean) => rightOf(noise(clean, 0.5)),
  )

  test.each([-0.01, 1.01, NaN])('refuses the fraction %d', (fraction) => {
    expect(leftOf(noise(madeUp(3), fraction)).message).toBe(
      `label noise fraction: required a number from 0 to 1, found ${fraction}`,
    )
  })

  test('more noise keeps what less noise chose', async () => {
    const [less, more] = await Promise.all(
      [0.2, 0.6].map((fraction) => labelled(rightOf(noise(madeUp(200), fraction)))),
    )
    for (const id of less?.touched ?? []) expect(more?.touched).toContain(id)
  })

  test('another key chooses others', async () => {
    const others = uniformLabelNoise(madeUp(200), { key: keyOf('other'), fraction: 0.5 })
    expect((await labelled(rightOf(others))).touched).not.toEqual(
      (await labelled(rightOf(noise(madeUp(200), 0.5)))).touched,
    )
  })

  test('chooses everybody at 1 and nobody at 0', async () => {
    expect((await labelled(rightOf(noise(madeUp(50), 1)))).touched.length).toBe(50)
    expect((await labelled(rightOf(noise(madeUp(50), 0)))).touched.length).toBe(0)
  })
})

describe('uniform label noise', () => {
  test.prop([fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'touches exactly round(fraction · n)',
    async (n, fraction) => {
      const { touched } = await labelled(rightOf(noises.exact(madeUp(n, [1]), fraction)))
      expect(touched.length).toBe(Math.round(fraction * n))
    },
  )

  test('leaves 1 in 10 of the touched with the right label, and draws all labels evenly (footnote 24)', async () => {
    const n = 20_000
    const { touched, corrupt, labels } = await labelled(rightOf(noises.exact(madeUp(n, [1]), 0.25)))
    expect(touched.length).toBe(5000)
    // 22.5% of all: 4,500 with standard deviation √(5000 · 0.9 · 0.1) = 21.
    expect(Math.abs(corrupt.length - 4500)).toBeLessThan(5 * 21.3)
    const counts = new Float64Array(10)
    for (const id of touched) counts[labels[id] as number] = (counts[labels[id] as number] as number) + 1
    expect(counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(40)
  })

  test('a Bernoulli subset has about its share', async () => {
    const { touched } = await labelled(rightOf(noises.bernoulli(madeUp(20_000, [1]), 0.25)))
    expect(Math.abs(touched.length - 5000)).toBeLessThan(5 * 61.3)
    expect(touched.length).not.toBe(5000)
  })

  test.prop([fc.uniqueArray(fc.nat(99), { minLength: 1 })])(
    'Bernoulli noise is a function of the id: subsets and noise commute',
    async (ids) => {
      const noiseThenSubset = subset(rightOf(noises.bernoulli(madeUp(100), 0.5)), ids)
      const subsetThenNoise = rightOf(noises.bernoulli(subset(madeUp(100), ids), 0.5))
      expect(await subsetThenNoise.read(ids)).toEqual(await noiseThenSubset.read(ids))
    },
  )

  test('is pinned: these labels never change', async () => {
    const { touched, labels } = await labelled(rightOf(noises.exact(madeUp(20), 0.5)))
    expect([touched, [...labels]]).toMatchInlineSnapshot(`
      [
        [
          0,
          1,
          2,
          4,
          6,
          9,
          10,
          14,
          16,
          17,
        ],
        [
          8,
          1,
          3,
          9,
          2,
          3,
          2,
          7,
          2,
          5,
          3,
          8,
          6,
          6,
          8,
          9,
          1,
          1,
          1,
          0,
        ],
      ]
    `)
  })

  test('names say what was done', () => {
    expect(rightOf(noises.exact(madeUp(3), 0.07)).name).toBe('made-up labels~7%')
    expect(rightOf(noises.bernoulli(madeUp(3), 0.5)).name).toBe('made-up labels~50% bernoulli')
    expect(rightOf(noises.permuted(madeUp(3), 0.125)).name).toBe('made-up labels~12.5% permuted')
    expect(rightOf(noises.pairFlipped(madeUp(3), 0.4)).name).toBe('made-up labels~40% pair-flipped')
  })
})

describe('permuted label noise', () => {
  test.prop([fc.integer(), fc.double({ min: 0, max: 1, noNaN: true })])(
    'keeps the classes’ sizes among the touched',
    async (seed, fraction) => {
      const split = rightOf(permutedLabelNoise(madeUp(80), { key: keyOf(seed), fraction }))
      const { labels, trueLabels, touched } = await split.read(split.ids)
      const ofTouched = (from: Int32Array): number[] =>
        [...from].filter((_, i) => touched[i] === 1).toSorted((a, b) => a - b)
      expect(ofTouched(labels)).toEqual(ofTouched(trueLabels))
    },
  )

  test('does not depend on the order of the ids', async () => {
    const clean = madeUp(50)
    const backwards: Split = { ...clean, ids: clean.ids.toReversed() }
    expect(await rightOf(noises.permuted(backwards, 0.5)).read(clean.ids)).toEqual(
      await rightOf(noises.permuted(clean, 0.5)).read(clean.ids),
    )
  })

  test('tries again after its first look at the labels failed', async () => {
    const clean = madeUp(50)
    let failures = 1
    const flaky: Split = {
      ...clean,
      read: async (ids) => {
        if (ids.length === 50 && failures-- > 0) throw new Error('disk')
        return clean.read(ids)
      },
    }
    const noisy = rightOf(noises.permuted(flaky, 0.5))
    await expect(noisy.read([0])).rejects.toThrow('disk')
    expect(await noisy.read([0])).toEqual(await rightOf(noises.permuted(clean, 0.5)).read([0]))
  })
})

describe('pair-flipped label noise', () => {
  test.prop([fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'gives exactly round(fraction · n) examples the class after their own, the last class the first',
    async (n, fraction) => {
      const split = rightOf(noises.pairFlipped(madeUp(n), fraction))
      const { labels, trueLabels, touched } = await split.read(split.ids)
      expect(touched.filter((mark) => mark === 1).length).toBe(Math.round(fraction * n))
      labels.forEach((label, i) => expect(label).toBe((trueLabels[i]! + touched[i]!) % 10))
    },
  )
  test('follows on the label that is given, not on the true one', async () => {
    const twice = rightOf(noises.pairFlipped(rightOf(noises.pairFlipped(madeUp(9), 1)), 1))
    const { labels, trueLabels } = await twice.read(twice.ids)
    labels.forEach((label, i) => expect(label).toBe((trueLabels[i]! + 2) % 10))
  })
})

test('a scheme that is none is refused by name', () => {
  const scheme = 'often' as 'exact'
  expect(() => uniformLabelNoise(madeUp(3), { key, fraction: 0.5, scheme })).toThrow(
    'uniformLabelNoise: required scheme exact or bernoulli, found often',
  )
})

import { createHash } from 'node:crypto'
import { keyOf, type Split } from '@coherent-gradients/core'
import { leftOf, rightOf } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { gaussianImages } from './gaussian-images.ts'
import { madeUp } from './made-up.test-support.ts'
import { pixelMoments } from './pixel-moments.ts'
import { randomPixels } from './random-pixels.ts'
import { shuffledPixels } from './shuffled-pixels.ts'
import { image, imageNoiseLaws } from './split-laws.test-support.ts'
import { subset } from './subset.ts'
import { uniformLabelNoise } from './uniform-label-noise.ts'

const key = keyOf('noise')
const noises = {
  gaussianImages: (split: Split, fraction: number) => gaussianImages(split, { key, fraction }),
  shuffledPixels: (split: Split, fraction: number) => shuffledPixels(split, { key, fraction }),
  randomPixels: (split: Split, fraction: number) => randomPixels(split, { key, fraction }),
} as const

describe.each(Object.entries(noises))('%s', (name, noise) => {
  for (const fraction of [0, 0.3, 1]) {
    imageNoiseLaws(
      `${name} ${fraction}`,
      async () => madeUp(40),
      fraction,
      (clean) => rightOf(noise(clean, fraction)),
    )
  }
  imageNoiseLaws(
    `${name} on label noise`,
    async () => rightOf(uniformLabelNoise(madeUp(40), { key, fraction: 0.5 })),
    0.5,
    (clean) => rightOf(noise(clean, 0.5)),
  )

  test.each([-0.01, 1.01, NaN])('refuses the fraction %d', (fraction) => {
    expect(leftOf(noise(madeUp(3), fraction)).message).toBe(
      `image noise fraction: required a number from 0 to 1, found ${fraction}`,
    )
  })

  test('is pinned: these pixels never change', async () => {
    const { inputs } = await rightOf(noise(madeUp(5), 1)).read([0, 1, 2, 3, 4])
    const bytes = new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength)
    expect(createHash('sha256').update(bytes).digest('hex')).toMatchSnapshot()
  })
})

describe('gaussianImages', () => {
  test('has the data’s own mean and variance', async () => {
    const clean = madeUp(500, [20, 20, 1])
    const [own, drawn] = await Promise.all([
      pixelMoments(clean),
      pixelMoments(rightOf(noises.gaussianImages(clean, 1))),
    ])
    const error = own.standardDeviation / Math.sqrt(500 * 400)
    expect(Math.abs(drawn.mean - own.mean)).toBeLessThan(5 * error)
    expect(Math.abs(drawn.standardDeviation - own.standardDeviation)).toBeLessThan(5 * error)
  })

  test('takes moments from its options, so that test images can have the training images’', async () => {
    const noisy = rightOf(gaussianImages(madeUp(200, [100]), { key, fraction: 1, mean: 5, standardDeviation: 0 }))
    expect((await noisy.read([7])).inputs).toEqual(new Float32Array(100).fill(5))
  })

  test('gives an example the same noise in a subset, where the moments are given', async () => {
    const options = { key, fraction: 1, mean: 0, standardDeviation: 1 }
    const part = rightOf(gaussianImages(subset(madeUp(30), [3, 9]), options))
    expect(await part.read([9, 3])).toEqual(await rightOf(gaussianImages(madeUp(30), options)).read([9, 3]))
  })

  test.prop([fc.nat(3000)])('gives the same bytes however much it may remember', async (cacheBytes) => {
    const noisy = rightOf(gaussianImages(madeUp(30), { key, fraction: 0.7, cacheBytes }))
    const twice = [await noisy.read(noisy.ids), await noisy.read(noisy.ids)]
    const free = await rightOf(noises.gaussianImages(madeUp(30), 0.7)).read(noisy.ids)
    expect(twice).toEqual([free, free])
  })
})

describe('shuffled and random pixels', () => {
  test('shuffledPixels moves all images by one permutation', async () => {
    const clean = madeUp(10)
    const before = await clean.read(clean.ids)
    const after = await rightOf(shuffledPixels(clean, { key })).read(clean.ids)
    // Columns of the data are permuted: the same columns, in another order.
    const columns = (batch: typeof before): string[] =>
      Array.from({ length: 16 }, (_, j) => String(Array.from(clean.ids, (_id, i) => image(clean, batch, i)[j])))
    expect(columns(after)).not.toEqual(columns(before))
    expect(columns(after).toSorted()).toEqual(columns(before).toSorted())
  })

  test('randomPixels moves each image by its own, and keeps its pixels', async () => {
    const same = madeUp(2)
    const twins: Split = {
      ...same,
      read: async (ids) => ({ ...(await same.read(Array.from(ids, () => 0))), ids: Uint32Array.from(ids) }),
    }
    const after = await rightOf(randomPixels(twins, { key })).read([0, 1])
    expect(image(same, after, 0)).not.toEqual(image(same, after, 1))
    expect(image(same, after, 0).toSorted()).toEqual(image(same, after, 1).toSorted())
  })

  test.each([shuffledPixels, randomPixels])('%o keeps a pixel’s channels together', async (noise) => {
    const clean = madeUp(3, [4, 5, 3])
    const [before, after] = [await clean.read([1]), await rightOf(noise(clean, { key })).read([1])]
    expect(after.inputs).not.toEqual(before.inputs)
    expect(pixels(after.inputs)).toEqual(pixels(before.inputs))
  })

  test('an image moves the same way flat or with axes', async () => {
    const [flat, axes] = [madeUp(3, [20]), madeUp(3, [4, 5, 1])].map((split) => rightOf(shuffledPixels(split, { key })))
    expect((await flat?.read([2]))?.inputs).toEqual((await axes?.read([2]))?.inputs)
  })
})

describe('pixelMoments', () => {
  test('equals the definition over more than one chunk', async () => {
    const split = madeUp(2500, [3])
    const { inputs } = await split.read(split.ids)
    const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length
    const variance = inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / inputs.length
    const found = await pixelMoments(split)
    expect(Math.abs(found.mean - mean)).toBeLessThan(1e-13)
    expect(Math.abs(found.standardDeviation - Math.sqrt(variance))).toBeLessThan(1e-13)
  })

  test('refuses an empty split', async () => {
    await expect(pixelMoments(madeUp(0))).rejects.toThrow('required an example, found none in made-up')
  })
})

/** Each pixel's three channels as one string, sorted. */
function pixels(inputs: Float32Array): string[] {
  return Array.from({ length: 20 }, (_, pixel) => String(inputs.subarray(pixel * 3, pixel * 3 + 3))).toSorted()
}

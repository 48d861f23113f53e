import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyOf, uniformIntegers } from '@coherent-gradients/core'
import { pixelMoments } from '@coherent-gradients/datasets'
import { either as E } from 'fp-ts'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { TrainingSpec } from '../run-spec.ts'
import type { DataPlace } from './open-data.ts'
import { splitsOf, type RunSplits } from './splits-of.ts'

const folder = mkdtempSync(join(tmpdir(), 'splits-of-'))
const pictures = join(folder, 'pictures')
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  for (let i = 0; i < 12; i++) {
    for (const part of ['train', 'test']) {
      const own = join(pictures, part, `c${i % 3}`)
      mkdirSync(own, { recursive: true })
      const raw = { width: 16, height: 12, channels: 3 } as const
      const pixels = Uint8Array.from(uniformIntegers(keyOf(`${part}/${i}`), 16 * 12 * 3, 256))
      writeFileSync(join(own, `${i}.png`), await sharp(pixels, { raw }).png().toBuffer())
    }
  }
})

type Data = TrainingSpec['data']
const plain: Data = {
  dataset: pictures,
  preprocessing: { kind: 'centre-crop', resize: 8, crop: 6 },
  noise: { kind: 'none' },
  noisyTest: false,
}
const augmented: Data = { ...plain, augment: { kind: 'random-crop', area: [0.2, 0.8] } }

async function read(data: Data, place: DataPlace = {}): Promise<E.Either<{ message: string }, RunSplits>> {
  const splits = await splitsOf({ experiment: 'x', seed: 3, data, model: { kind: 'linear' } } as TrainingSpec, place)()
  if (E.isRight(splits)) onTestFinished(() => splits.right.close())
  return splits
}
async function right(...asked: Parameters<typeof read>): Promise<RunSplits> {
  const splits = await read(...asked)
  if (E.isLeft(splits)) throw new Error(splits.left.message)
  return splits.right
}

describe('splitsOf', () => {
  it('trains on what it measures where nothing else is asked for', async () => {
    const { train, trainAt, leftOut } = await right(plain)
    expect(await trainAt(4)).toBe(train)
    expect([train.inputShape, leftOut]).toEqual([[108], { train: [], test: [] }])
  })

  it('trains on other crops in each epoch, the same at each call, and measures the middle', async () => {
    const { train, test, trainAt } = await right(augmented)
    expect(await train.read(train.ids)).toEqual(await (await right(plain)).train.read(train.ids))
    expect(await test.read(test.ids)).toEqual(await (await right(plain)).test.read(test.ids))
    const at = async (epoch: number) => (await trainAt(epoch)).read(train.ids)
    const [first, second, again] = [await at(0), await at(1), await at(0)]
    expect(again).toEqual(first)
    for (const other of [second, await train.read(train.ids)]) {
      expect(other.inputs).not.toEqual(first.inputs)
      expect(other.labels).toEqual(first.labels)
    }
    const one = await (await right(augmented)).trainAt(1)
    expect((await one.read([7])).inputs).toEqual(second.inputs.slice(7 * 108, 8 * 108))
  })

  it('moves images of numbers in each epoch, however the network takes them, and measures them where they are', async () => {
    const toy: Data = {
      ...plain,
      dataset: 'difficulty',
      train: 20,
      noise: { kind: 'labels', scheme: 'exact', fraction: 0.5 },
    }
    const { train, test, trainAt } = await right({ ...toy, augment: { kind: 'random-shift', pixels: 1 } })
    const still = await right(toy)
    const clean = await train.read(train.ids)
    expect(clean).toEqual(await still.train.read(train.ids))
    expect(await test.read(test.ids)).toEqual(await still.test.read(test.ids))
    const [first, second, again] = await Promise.all([0, 1, 0].map(async (at) => (await trainAt(at)).read(train.ids)))
    expect(again).toEqual(first)
    expect(second!.inputs).not.toEqual(first!.inputs)
    expect([first!.inputShape, { ...first, inputs: 0 }]).toEqual([clean.inputShape, { ...clean, inputs: 0 }])
  })

  it('holds examples out for validation, with the training set’s noise, and moves nothing else by it', async () => {
    const noisy: Data = {
      dataset: 'difficulty',
      train: 60,
      test: 10,
      noisyTest: false,
      noise: { kind: 'labels', scheme: 'exact', fraction: 0.5 },
    }
    const { train, validation, test } = await right({ ...noisy, validation: 20 })
    const whole = await right({ ...noisy, train: 80 })
    expect([train.ids.length, validation!.ids.length, whole.validation]).toEqual([60, 20, undefined])
    expect([...train.ids, ...validation!.ids].toSorted((a, b) => a - b)).toEqual([...whole.train.ids])
    expect(test.ids).toEqual(whole.test.ids)
    const { touched } = await whole.train.read(whole.train.ids)
    expect(touched.filter(Boolean)).toHaveLength(40)
    const held = await validation!.read(validation!.ids)
    expect(held).toEqual(await whole.train.read(validation!.ids))
    expect(held.touched.some(Boolean) && held.touched.some((mark) => mark === 0)).toBe(true)
  })

  it('puts the same noise on every epoch’s crops, after the crop', async () => {
    const half = { kind: 'gaussian-images', fraction: 0.5 } as const
    const { train, trainAt } = await right({ ...augmented, train: 8, validation: 2, noise: half })
    const measured = await train.read(train.ids)
    const seen = await Promise.all([0, 1].map(async (epoch) => (await trainAt(epoch)).read(train.ids)))
    for (const { touched, inputs, ids } of seen) {
      expect([ids, touched]).toEqual([measured.ids, measured.touched])
      ids.forEach((_, i) => {
        const own = [inputs, measured.inputs].map((all) => all.slice(i * 108, (i + 1) * 108))
        expect(String(own[0]) === String(own[1]), `example ${i}`).toBe(touched[i] === 1)
      })
    }
    expect(train.ids.length).toBe(8)
    expect((await pixelMoments(train)).standardDeviation).toBeGreaterThan(0)
  })

  it('leaves out what can’t be decoded, or makes no run, as it is told', async () => {
    const torn = join(folder, 'torn')
    for (const part of ['train', 'test']) {
      mkdirSync(join(torn, part, 'c'), { recursive: true })
      for (const i of [1, 2]) {
        const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: '#123456' } })
        writeFileSync(join(torn, part, 'c', `${i}.png`), await picture.png().toBuffer())
      }
    }
    writeFileSync(join(torn, 'train/c/0.png'), 'no picture')
    const data = { ...augmented, dataset: torn }
    const { train, trainAt, leftOut } = await right(data, { onBadImage: 'skip' })
    expect([...train.ids]).toEqual([1, 2])
    expect((await (await trainAt(2)).read([2, 1])).ids.length).toBe(2)
    expect(leftOut).toEqual({ train: [expect.stringMatching(/c.0\.png: not an image/)], test: [] })
    const strict = await right(data)
    await expect(strict.train.read(strict.train.ids)).rejects.toThrow(/c.0\.png: not an image/)
  })

  it('takes subsets that are plain data, a test set of training examples too, before anything else', async () => {
    const hard = { kind: 'ids', name: 'hard', ids: [1, 4, 7, 10] } as const
    const tested = { kind: 'ids', name: 'hard test', ids: [2, 5] } as const
    const { train, test, trainAt } = await right({
      ...augmented,
      subset: { train: hard, test: tested, testOf: 'train' },
      train: 3,
    })
    expect([train.ids.length, train.ids.every((id) => hard.ids.includes(id as 1))]).toEqual([3, true])
    expect([[...test.ids], test.name]).toEqual([[2, 5], 'pictures/train hard test'])
    expect((await test.read([5])).inputs).toEqual((await (await right(plain)).train.read([5])).inputs)
    expect((await (await trainAt(1)).read(train.ids)).ids).toEqual(train.ids)
    const balanced = await right({ ...plain, subset: { test: { kind: 'class-balanced', perClass: 2 } } })
    expect([balanced.train.ids.length, balanced.test.ids.length]).toEqual([12, 6])
    const missing = await read({ ...plain, subset: { train: { ...hard, ids: [99] } } })
    expect(E.isLeft(missing) && missing.left.message).toMatch(/required 1 examples of hard, found 0/)
  })

  it('has no crops and no shifts of what is no pictures', async () => {
    const splits = await read({ ...augmented, dataset: 'toy-l' })
    expect(E.isLeft(splits) && splits.left.message).toMatch(/^toy-l: random crops \(data\.augment\)/)
    const shifted = await read({ ...plain, dataset: 'toy-l', augment: { kind: 'random-shift', pixels: 1 } })
    expect(E.isLeft(shifted) && shifted.left.message).toMatch(/a random shift \(data\.augment\) takes pictures/)
  })
})

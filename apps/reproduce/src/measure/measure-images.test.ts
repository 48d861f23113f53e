import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy, perExampleGradients } from '@coherent-gradients/gradients'
import { summarise } from '@coherent-gradients/coherence'
import { normsOf } from '@coherent-gradients/coherence/tfjs'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { measure } from '../testing/measure.test-support.ts'
import { saveModel } from '../testing/saved-model.test-support.ts'

let scratch: string
let pets: string
/** cat/0.png, dog/0.png, cat/1.png, dog/1.png, dog/2.png: in this order, one gray tone each. */
const tones = [0, 51, 102, 153, 255]
const labels = [0, 1, 0, 1, 1]

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'measure-images-'))
  pets = join(scratch, 'pets')
  const opened = await openEngine('wasm')()
  if (opened._tag === 'Left') throw new Error(opened.left.message)
  for (const [i, file] of ['cat/0.png', 'dog/0.png', 'cat/1.png', 'dog/1.png', 'dog/2.png'].entries()) {
    await mkdir(join(pets, file, '..'), { recursive: true })
    const pixels = new Uint8Array(3 * 6 * 4).fill(tones[i]!)
    await writeFile(
      join(pets, file),
      await sharp(pixels, { raw: { width: 6, height: 4, channels: 3 } })
        .png()
        .toBuffer(),
    )
  }
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

function network(shape: number[]): tfl.LayersModel {
  const dense = { name: 'd', units: 2, kernelInitializer: 'ones' as const }
  return tfl.sequential({
    layers:
      shape.length === 1
        ? [tfl.layers.dense({ ...dense, inputShape: shape })]
        : [tfl.layers.flatten({ inputShape: shape }), tfl.layers.dense(dense)],
  })
}

let made = 0
const save = (model: tfl.LayersModel): Promise<string> => saveModel(model, join(scratch, String((made += 1))))

interface Json {
  readonly m: number
  readonly alpha: number
  readonly leftOut?: readonly string[]
  readonly classNames: readonly string[]
  readonly populations: readonly { readonly name: string; readonly m: number }[]
}

it.each([
  ['[2, 3, 3]', [2, 3, 3]],
  ['[2, 2, 1]', [2, 2, 1]],
  ['[12], which is 2 × 2 × 3', [12]],
  ['[16], which is 4 × 4 × 1', [16]],
])('brings pictures into the model’s shape %s', async (_, shape) => {
  const model = network(shape)
  const { code, out, err } = await measure('--model', await save(model), '--dataset', pets, '--json')
  expect([code, err]).toEqual([0, ''])
  const size = shape.reduce((product, n) => product * n, 1)
  const inputs = tf.tensor(
    tones.flatMap((tone) => Array.from({ length: size }, () => tone / 255)),
    [5, ...shape],
  )
  const stack = perExampleGradients(model, softmaxCrossEntropy, { inputs, labels: tf.tensor1d(labels, 'int32') })
  const expected = summarise(await normsOf(stack))
  stack.dispose()
  const json = JSON.parse(out) as Json
  expect(json.m).toBe(5)
  expect(json.classNames).toEqual(['cat', 'dog'])
  expect(json.alpha).toBeAllClose(expected.alpha, { rtol: 1e-4 })
})

it('scales red, green and blue each by its own, and refuses where there are none', async () => {
  const norm = async (shape: number[], ...more: string[]): Promise<{ code: number; alpha: number; err: string }> => {
    const { code, out, err } = await measure(
      '--model',
      await save(network(shape)),
      '--dataset',
      pets,
      '--json',
      ...more,
    )
    return { code, err, alpha: code === 0 ? (JSON.parse(out) as Json).alpha : Number.NaN }
  }
  const inputs = tones.flatMap((tone) =>
    [0.485, 0.456, 0.406].map((mean, channel) => (tone / 255 - mean) / [0.229, 0.224, 0.225][channel]!),
  )
  const batch = { inputs: tf.tensor(inputs, [5, 1, 1, 3]), labels: tf.tensor1d(labels, 'int32') }
  const stack = perExampleGradients(network([1, 1, 3]), softmaxCrossEntropy, batch)
  const expected = summarise(await normsOf(stack)).alpha
  stack.dispose()
  expect((await norm([1, 1, 3], '--normalise', 'imagenet')).alpha).toBeAllClose(expected, { rtol: 1e-4 })
  const gray = await norm([1, 1, 1], '--normalise', 'imagenet')
  expect(gray.code).toBe(1)
  expect(gray.err).toMatch(/needs red, green and blue on the last axis, found inputs \[1, 1, 1\]/)
})

it('names the classes, and measures each by its name', async () => {
  const file = await save(network([2, 2, 1]))
  const { out } = await measure('--model', file, '--dataset', pets, '--population', 'class', '--json')
  expect((JSON.parse(out) as Json).populations.map(({ name, m }) => [name, m])).toEqual([
    ['class:cat', 2],
    ['class:dog', 2],
  ])
  const printed = await measure('--model', file, '--dataset', pets, '--normalise', 'none')
  expect(printed.out).toMatch(/^\S+ on pets\[0:5\], m = 5\n2 classes: cat, dog\n/)
})

it('refuses, in one line, what it can’t read or fit', async () => {
  const refused = async (model: string, folder: string): Promise<string> => {
    const { code, out, err } = await measure('--model', model, '--dataset', folder)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^error: [^\n]+\n$/)
    return err
  }
  const file = await save(network([2, 2, 1]))
  expect(await refused(file, join(scratch, 'none'))).toMatch(/or name a folder of pictures/)
  expect(await refused(file, join(pets, 'cat'))).toMatch(/required a folder for each class/)
  expect(await refused(await save(network([5])), pets)).toMatch(/takes inputs \[5\], and pictures need a model/)
  expect(await refused(await save(network([2, 2, 2])), pets)).toMatch(/fixed \[height, width, 1 or 3\]/)
  await mkdir(join(scratch, 'torn/x'), { recursive: true })
  await writeFile(join(scratch, 'torn/x/half.jpg'), 'no picture')
  expect(await refused(file, join(scratch, 'torn'))).toMatch(/torn\/x\/half\.jpg: not an image that can be read/)
  const three = tfl.sequential({
    layers: [tfl.layers.flatten({ inputShape: [2, 2, 1] }), tfl.layers.dense({ units: 1, activation: 'sigmoid' })],
  })
  await mkdir(join(scratch, 'many/a'), { recursive: true })
  for (const name of ['a', 'b', 'c']) {
    await mkdir(join(scratch, 'many', name), { recursive: true })
    await writeFile(
      join(scratch, 'many', name, '1.png'),
      await sharp(new Uint8Array(12), { raw: { width: 2, height: 2, channels: 3 } })
        .png()
        .toBuffer(),
    )
  }
  expect(await refused(await save(three), join(scratch, 'many'))).toMatch(/example 2 has the label 2/)
})

it('leaves pictures out that can’t be decoded where it is told to, and says which', async () => {
  const folder = join(scratch, 'half-torn')
  await cp(pets, folder, { recursive: true })
  await writeFile(join(folder, 'cat/2.png'), 'no picture')
  const file = await save(network([2, 2, 1]))
  const alone = JSON.parse((await measure('--model', file, '--dataset', pets, '--json')).out) as Json
  const asked = ['--model', file, '--dataset', folder]
  expect((await measure(...asked)).err).toMatch(/cat\/2\.png: not an image/)
  const skipped = JSON.parse((await measure(...asked, '--on-bad-image', 'skip', '--json')).out) as Json
  expect([skipped.m, skipped.alpha, skipped.leftOut?.length]).toEqual([5, alone.alpha, 1])
  const { out } = await measure(...asked, '--on-bad-image', 'skip')
  expect(out).toMatch(/^1 picture left out, which can't be decoded: .*half-torn.cat.2\.png: not an image/m)
})

it('measures the middle of pictures in an archive, and whatever else `data list` names', async () => {
  const [tar, parts] = [join(scratch, 'pets.tar'), join(scratch, 'parts')]
  await mkdir(parts, { recursive: true })
  execFileSync('tar', ['-cf', tar, '-C', pets, '.'])
  const file = await save(network([2, 2, 3]))
  // Gray all over: whatever is cut out of them is the same.
  const [fromTar, fromFolder] = await Promise.all(
    [tar, pets].map(
      async (path) => JSON.parse((await measure('--model', file, '--dataset', path, '--json')).out) as Json,
    ),
  )
  expect([fromTar!.m, fromTar!.alpha, fromTar!.classNames]).toEqual([5, fromFolder!.alpha, ['cat', 'dog']])
  expect((await measure('--model', await save(network([2, 2, 1])), '--dataset', tar)).err).toMatch(
    /pets\.tar: required a square with red, green and blue, found a model that takes \[2, 2, 1\]/,
  )
  const toys = await measure('--model', await save(network([6])), '--dataset', 'toy-l', '--json')
  expect(JSON.parse(toys.out)).toMatchObject({ m: 4, data: 'toy-L/train[0:4]', classNames: ['−1', '+1'] })
  const none = await measure('--model', file, '--dataset', 'cifar10', '--data-dir', parts)
  expect(none).toMatchObject({ code: 1, err: expect.stringMatching(/^error: [^\n]*parts[^\n]*\n$/) })
})
